import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { findChromium } from "#cli/gate/find-chromium";
import { runPlatform } from "#cli/platform/run-platform";

declare module "vitest" {
  interface ProvidedContext {
    /** Origin of the platform that the journeys run against. */
    url: string;
    /** Path of a Chromium. */
    chromium: string;
  }
}

/** One platform for all journeys: on a free port, with a state of its own that is gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await findChromium();
  const state = await mkdtemp(join(tmpdir(), "mozaiks-journeys-"));
  const platform = await runPlatform({ port: 0, state });
  project.provide("url", platform.url);
  project.provide("chromium", chromium);
  return async () => {
    await platform.stop();
    await rm(state, { recursive: true, force: true });
  };
}
