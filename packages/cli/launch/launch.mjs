import { spawn } from "node:child_process";
import { join } from "node:path";
import { CHECKOUT } from "./checkout.mjs";
import { ensureDeps } from "./ensure-deps.mjs";
import { ownNode, pathWith } from "./own-node.mjs";
import { orRefuse } from "./refusal.mjs";

/**
 * Starts a command of `commands/` on a machine where nothing may be installed yet: dependencies first, then the
 * command in a process of the project's own Node, with this process's arguments, streams, signals and exit code.
 * @param {string} name e.g. `start`
 */
export function launch(name) {
  return orRefuse(() => {
    ensureDeps(CHECKOUT);
    const node = ownNode(CHECKOUT);
    const script = join(CHECKOUT, "packages/cli/commands", `${name}.ts`);
    // The channel ends with this process, however it ends: the child takes that as its signal to stop.
    const child = spawn(node, ["--disable-warning=ExperimentalWarning", script, ...process.argv.slice(2)], {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
      cwd: CHECKOUT,
      // Relative paths that a person names are meant from where that person stands.
      env: { ...pathWith(CHECKOUT, node), INIT_CWD: process.env.INIT_CWD ?? process.cwd() },
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => child.kill(signal));
    }
    stopWithNpm(() => child.kill("SIGTERM"));
    child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}

/**
 * npm that is told to stop does not tell its script: where npm started this process, the end of its parent is the
 * signal.
 * @param {() => void} stop
 */
function stopWithNpm(stop) {
  const parent = process.ppid;
  if (!process.env.npm_lifecycle_event || parent === 1) return;
  setInterval(() => process.ppid !== parent && stop(), 500).unref();
}
