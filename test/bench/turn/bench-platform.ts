import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dryRun } from "#cli/platform/build-worker";
import { type Platform, type PlatformOptions, runPlatform } from "#cli/platform/run-platform";

/** The peers' objects, class by binding. */
const PEERS = { STOCK_AGENT: "StockAgent", FED_AGENT: "FedAgent", FLOOR: "Floor" };

/**
 * The platform as `npm start` runs it, but for two things: the peers stand beside it in the same Worker, and the
 * bundle has the benchmark's model in the place of the embedded one.
 */
export function runWithPeers(): Promise<Platform> {
  return runThrowAway({ worker: bundleWithPeers, objects: PEERS });
}

/** A platform whose state is gone once it has stopped. */
export async function runThrowAway(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  const state = await mkdtemp(join(tmpdir(), "mozaiks-bench-"));
  const remove = () => rm(state, { recursive: true, force: true });
  try {
    // Enough credit for any number of turns.
    const env = { TRIAL_GRANT_NANO: "1000000000000000" };
    const platform = await runPlatform({ port: 0, state, ui: false, env, ...options });
    return { ...platform, stop: () => platform.stop().finally(remove) };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function bundleWithPeers(): Promise<string> {
  const into = await mkdtemp(join(tmpdir(), "mozaiks-bench-worker-"));
  const here = import.meta.dirname;
  const built = dryRun(into, [
    join(here, "worker/index.ts"),
    "--alias",
    `#models/offline/offline-model:${join(here, "worker/bench-model.ts")}`,
  ]);
  if (built.status !== 0) throw new Error(built.output);
  return into;
}
