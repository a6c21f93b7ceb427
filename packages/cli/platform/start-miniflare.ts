import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Miniflare, type MiniflareOptions } from "miniflare";

/**
 * Starts Miniflare without the signal handlers it brings: they end the process before anything can be put in order.
 * Whoever calls this handles signals and disposes it.
 */
export function startMiniflare(options: MiniflareOptions): Miniflare {
  superviseWorkerd();
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));
  const mf = new Miniflare(options);
  for (const signal of signals) {
    for (const listener of process.listeners(signal)) {
      if (!before.get(signal)?.includes(listener)) process.removeListener(signal, listener);
    }
  }
  return mf;
}

/** Has Miniflare start workerd by a script that lets workerd end when this process is killed outright. */
function superviseWorkerd(): void {
  const script = join(import.meta.dirname, "workerd.sh");
  if (process.platform === "win32" || process.env.MOZAIKS_WORKERD || !isExecutable(script)) return;
  const workerd = createRequire(createRequire(import.meta.url).resolve("miniflare"))("workerd") as {
    default: string;
  };
  process.env.MOZAIKS_WORKERD = process.env.MINIFLARE_WORKERD_PATH ?? workerd.default;
  process.env.MINIFLARE_WORKERD_PATH = script;
}

/** Not where the checkout came without its permissions, as some archives do. */
function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
