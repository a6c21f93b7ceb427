import { setTimeout as wait } from "node:timers/promises";
import type { CreatedApp } from "#protocol/api/app";
import type { Build } from "#protocol/api/build";
import { refuse } from "../launch/refusal.mjs";
import type { Creator } from "./creator.ts";
import type { Show } from "./show.ts";

const POLL_MS = 200;
const TIMEOUT_MS = 120_000;

/** Builds an app from a prompt and shows each step as it is done. Refuses with the build's own reason if it fails. */
export async function buildApp(creator: Creator, prompt: string, show: Show): Promise<CreatedApp> {
  const app = await creator.call<CreatedApp>("POST", "/api/apps", { prompt, approve: "auto" });
  const path = `/api/apps/${app.enterprise_id}/builds/${app.build_id}`;
  const until = performance.now() + TIMEOUT_MS;
  const told = new Set<string>();
  for (;;) {
    const build = await creator.call<Build>("GET", path);
    for (const step of build.steps) {
      if (step.status !== "done" || told.has(step.name)) continue;
      told.add(step.name);
      show.step(step.name, step.detail ?? "");
    }
    if (build.status === "live") return app;
    if (build.status === "failed" || build.status === "cancelled") {
      refuse(`The build ${build.status}: ${build.error?.message ?? "no reason was given"}`);
    }
    if (performance.now() > until) refuse(`The build is still ${build.status} after ${TIMEOUT_MS / 1000} s.`);
    await wait(POLL_MS);
  }
}
