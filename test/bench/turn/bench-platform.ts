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
export async function runWithPeers(): Promise<Platform> {
  const bundle = await mkdtemp(join(tmpdir(), "mozaiks-bench-worker-"));
  try {
    // workerd has read it by the time it is ready.
    return await runThrowAway({ worker: async () => bundleWithPeers(bundle), objects: PEERS });
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
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

function bundleWithPeers(into: string): string {
  const here = import.meta.dirname;
  const built = dryRun(into, [
    join(here, "worker/index.ts"),
    "--alias",
    `#models/offline/offline-model:${join(here, "worker/bench-model.ts")}`,
  ]);
  if (built.status !== 0) throw new Error(built.output);
  return into;
}
