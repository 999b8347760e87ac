// SPDX-License-Identifier: MPL-2.0
// Waits for the demonstration's credentials file, then walks with the accounts in it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";

const START_MS = 60_000;
const LOOK_EVERY_MS = 100;

function demo_is_running() {
  try {
    process.kill(Number(process.env.FACET_DEMO_PID), 0);
    return true;
  } catch {
    return false;
  }
}

async function credentials(file) {
  for (const end = Date.now() + START_MS; Date.now() < end; await pause(LOOK_EVERY_MS)) {
    const text = await readFile(file, "utf8").catch(() => "");
    try {
      return JSON.parse(text);
    } catch {
      assert(demo_is_running(), "facet demo ended before it was ready");
    }
  }
  return assert.fail("facet demo was not ready in time");
}

const { url, accounts } = await credentials(process.argv[2]);
const account = (role) => accounts.find((a) => a.roles.includes(role));
const physio = account("physiotherapist");
assert(physio, "the demonstration has no physiotherapist");
const desk = account("reception");
Object.assign(process.env, {
  FACET_URL: url,
  FACET_USER: physio.user,
  FACET_PASSWORD: physio.password,
  ...(desk ? { FACET_DESK_USER: desk.user, FACET_DESK_PASSWORD: desk.password } : {}),
});
await import("./walk.mjs");
