import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dryRun } from "#cli/platform/build-worker";
import { type Platform, type PlatformOptions, runPlatform } from "#cli/platform/run-platform";

/** The benchmarks' peers: class by binding. */
const PEERS = {
  STOCK_AGENT: "StockAgent",
  FED_AGENT: "FedAgent",
  FLOOR: "Floor",
  RAW_ECHO: "RawEcho",
  RAW_TABLES: "RawTables",
  AGENT_ECHO: "AgentEcho",
  PARTY_ECHO: "PartyEcho",
  LOOP: "LoopObject",
};

export function runWithPeers(): Promise<Platform> {
  return runBenchWorker(join(import.meta.dirname, "worker/index.ts"), PEERS);
}

/**
 * The platform as `npm start` runs it, but for two things: the benchmark's own objects stand beside it in the same
 * Worker, and the bundle has the benchmark's model in the place of the embedded one.
 * @param objects class by binding
 */
export async function runBenchWorker(entry: string, objects: Record<string, string>): Promise<Platform> {
  const bundle = await mkdtemp(join(tmpdir(), "mozaiks-bench-worker-"));
  try {
    // workerd has read it by the time it is ready.
    return await runThrowAway({ worker: async () => bundleFrom(entry, bundle), objects });
  } finally {
    await rm(bundle, { recursive: true, force: true });
  }
}

/** Where everybody's state is: in memory where the system has a folder there, so that no disk's mood is measured. */
export const STATE_FOLDER = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** A platform whose state is gone once it has stopped. */
export async function runThrowAway(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  const state = await mkdtemp(join(STATE_FOLDER, "mozaiks-bench-"));
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

function bundleFrom(entry: string, into: string): string {
  const model = join(import.meta.dirname, "worker/bench-model.ts");
  const built = dryRun(into, [entry, "--alias", `#models/offline/offline-model:${model}`]);
  if (built.status !== 0) throw new Error(built.output);
  return into;
}
