import type { Build } from "#protocol/api/build";
import { PROMPTS } from "../journeys/prompts/prompts.ts";
import { signUp } from "./turn/bench-app.ts";
import { runThrowAway } from "./turn/bench-platform.ts";
import { watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";

/**
 * B14: from the prompt to the live app, for each of the sixty prompts one after the other: plan, files, check, all
 * conversations of the app, tables and publish, over HTTP on the platform as `npm start` runs it.
 */
const TARGET_MS = 2_000;
/** Between two looks at a build; what it adds to a time at most. */
const LOOK_MS = 10;
/** A person may not have all sixty. */
const APPS_EACH = 15;

type Timed = { prompt: string; ms: number; cases: number };

const platform = await runThrowAway();
try {
  let { call } = await signUp(platform.url);
  await timed(PROMPTS[0]!.prompt);
  const cpu = watchCpu();
  const builds: Timed[] = [];
  for (const [at, { prompt }] of PROMPTS.entries()) {
    if (at % APPS_EACH === 0) ({ call } = await signUp(platform.url));
    builds.push(await timed(prompt));
  }
  const machine = cpu();
  const times = builds.map((it) => it.ms);
  const [p50Ms, p95Ms] = [quantile(times, 0.5), quantile(times, 0.95)];
  const cases = builds.reduce((sum, it) => sum + it.cases, 0);
  printTable(
    ["prompt to live", "builds", "conversations", "median ms", "p95 ms", "slowest ms"],
    [["offline", ...[builds.length, cases, p50Ms, p95Ms, Math.max(...times)].map((it) => it.toFixed(0))]],
  );
  console.log(`median ≤ ${TARGET_MS} ms: ${p50Ms <= TARGET_MS ? "reached" : "MISSED"}`);
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("builds", { machine, p50Ms, p95Ms, builds });

  async function timed(prompt: string): Promise<Timed> {
    const started = performance.now();
    const app = await call<{ enterprise_id: string; build_id: string }>("/api/apps", {
      prompt,
      approve: "auto",
    });
    for (;;) {
      const build = await call<Build>(`/api/apps/${app.enterprise_id}/builds/${app.build_id}`);
      const ms = performance.now() - started;
      if (build.status === "live") return { prompt, ms, cases: build.acceptance?.passed ?? 0 };
      if (build.status === "failed" || build.status === "cancelled")
        throw new Error(`${prompt}: ${build.error?.message ?? build.status}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }
} finally {
  await platform.stop();
}
