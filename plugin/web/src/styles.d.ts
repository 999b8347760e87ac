// SPDX-License-Identifier: MPL-2.0
// esbuild bundles the style sheets; the type checker only needs to know that they exist.
declare module "*.css";
