import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dryRun } from "#cli/platform/build-worker";
import { type PlatformOptions, runPlatform } from "#cli/platform/run-platform";

type Killable = {
  /** The Worker, where that is another than wrangler.toml's. */
  entry?: string;
  /** Where its state is. */
  folder?: string;
} & Pick<PlatformOptions, "inspect">;

export type KillablePlatform = Awaited<ReturnType<typeof killablePlatform>>;

/**
 * A platform of its own whose workerd can be killed, and that starts again on what is on disk. Its model speaks slowly
 * enough to be cut.
 * @param model the module that takes the embedded model's place
 */
export async function killablePlatform(
  model = join(import.meta.dirname, "slow-model.ts"),
  { entry, folder = tmpdir(), ...options }: Killable = {},
) {
  const state = mkdtempSync(join(folder, "mozaiks-kill-"));
  const bundles = [bundleWith(model, entry)];
  const start = () =>
    runPlatform({ port: 0, state, ui: false, ...options, worker: async () => bundles.at(-1)! });
  let platform = await start();
  let workerd = workerdOfThisProcess();
  return {
    /** A new one after every restart. */
    url: () => platform.url,
    mf: () => platform.mf,
    /** No notice, no goodbye. */
    kill: () => process.kill(workerd, "SIGKILL"),
    /** After a kill workerd is started again by itself, at the same address: done when it answers. */
    async backByItself(): Promise<void> {
      for (;;) {
        const answer = await fetch(`${platform.url}/api/health/live`).catch(() => null);
        if (answer?.ok) break;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      workerd = workerdOfThisProcess();
    },
    /** @param other the module that takes the model's place from now on: another bundle, on what this one left */
    async restart(other?: string): Promise<void> {
      if (other !== undefined) bundles.push(bundleWith(other, entry));
      await platform.stop();
      platform = await start();
      workerd = workerdOfThisProcess();
    },
    async end(): Promise<void> {
      await platform.stop();
      for (const folder of [state, ...bundles]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Looked up in time: a kill that has to look first comes when the moment is over. */
function workerdOfThisProcess(): number {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  });
  return Number(/^\s*(\d+) workerd/m.exec(children)?.[1]);
}

function bundleWith(model: string, entry?: string): string {
  const into = mkdtempSync(join(tmpdir(), "mozaiks-kill-worker-"));
  const built = dryRun(into, [
    ...(entry === undefined ? [] : [entry]),
    "--alias",
    `#models/offline/offline-model:${model}`,
  ]);
  if (built.status !== 0) throw new Error(built.output);
  return into;
}
