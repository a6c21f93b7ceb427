import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "./refusal.mjs";

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean, link?: boolean }} LockedPackage */
/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */

/**
 * Installs the dependencies of package-lock.json if node_modules is missing or belongs to another lockfile. Leaves
 * package-lock.json as it is: npm would add what its platform lacks, hence `--no-save`.
 * @param {string} root the checkout
 */
export function ensureDeps(root) {
  const lockText = readFileSync(join(root, "package-lock.json"), "utf8");
  const stamp = join(root, "node_modules/.mozaiks-installed");
  const hash = createHash("sha256").update(lockText).digest("hex");
  if (readText(stamp) === hash) return;
  if (!holdsAll(root, JSON.parse(lockText))) install(root);
  writeFileSync(stamp, hash);
}

/**
 * True if someone else's `npm install` has brought every package of the lockfile already.
 * @param {string} root
 * @param {Lockfile} lock
 */
function holdsAll(root, lock) {
  const text = readText(join(root, "node_modules/.package-lock.json"));
  if (text === null) return false;
  const installed = /** @type {Lockfile} */ (JSON.parse(text)).packages ?? {};
  return Object.entries(lock.packages ?? {}).every(
    ([path, { version, optional, devOptional }]) =>
      path === "" || installed[path]?.version === version || ((optional || devOptional) && !installed[path]),
  );
}

/** @param {string} root */
function install(root) {
  console.log("Installing dependencies (once, a minute or two) …");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const done = spawnSync(npm, ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", "ignore", "pipe"],
    encoding: "utf8",
    shell: process.platform === "win32",
    // Installed under any npm command, these would make npm read its own settings as the user's.
    env: withoutNpmSettings(process.env),
  });
  if (done.error)
    refuse(`npm is needed to install the dependencies, and it could not be run: ${done.error.message}.`);
  if (done.status !== 0) refuse(`npm install failed: ${reasonOf(done.stderr) || `exit code ${done.status}`}`);
}

/** @param {NodeJS.ProcessEnv} env */
function withoutNpmSettings(env) {
  const settings = /^npm_(lifecycle|package|command|config_(local_prefix|global_prefix|prefix|noproxy)$)/i;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !settings.test(name)));
}

/**
 * The reason in npm's report, which surrounds it with codes, stacks and advice.
 * @param {string} text
 */
export function reasonOf(text) {
  const lines = text.split("\n").map((line) => line.replace(/^npm (error|ERR!)\s*/, "").trim());
  return (
    lines.find(
      (line) => line !== "" && !/^(npm|code|errno|syscall|network|at|A complete log)\b/.test(line),
    ) ?? ""
  );
}

/**
 * @param {string} path
 * @returns {string | null}
 */
function readText(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
