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
      env: pathWith(CHECKOUT, node),
    });
    for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => child.kill(signal));
    }
    child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));
  });
}
