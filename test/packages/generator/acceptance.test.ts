import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import { offlineModel } from "#models/offline/offline-model";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { tickingClock } from "#test/support/node-tables";
import { runDeps } from "#test/support/run-deps";
import { PROMPTS } from "./prompts.ts";

const SEED = "Build a customer support app that handles refunds and tracks orders";

function appOf(prompt: string): AppFiles {
  const answer = planApp(prompt);
  if (!answer.ok) throw new Error(answer.message);
  return filesFrom(answer.plan);
}

/** Holds one conversation with the offline model on fresh sample rows; what went wrong, or "". */
async function failureOf(files: AppFiles, workflow: string, it: AcceptanceCase): Promise<string> {
  const more = { user: ACTORS.creator, clock: tickingClock() };
  const result = await runAcceptance(it, workflow, runDeps(files, offlineModel(), more));
  return result.passed ? "" : `${workflow}: ${it.name}: ${result.failure}`;
}

test.each([SEED, ...PROMPTS.map((it) => it.prompt)])(
  "its own conversations pass offline: %s",
  async (prompt) => {
    const files = appOf(prompt);
    const failures: string[] = [];
    for (const [workflow, { cases }] of Object.entries(files.acceptance)) {
      for (const it of cases) failures.push(await failureOf(files, workflow, it));
    }
    expect(failures.filter(Boolean)).toEqual([]);
  },
  60_000,
);
