// SPDX-License-Identifier: MPL-2.0
import { render } from "preact";
import { App } from "./app";
import "./tokens.css";
import "./app.css";

const place = document.getElementById("app");
if (place !== null) render(<App />, place);
