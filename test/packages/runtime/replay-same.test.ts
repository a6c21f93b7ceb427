import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import { offlineModel } from "#models/offline/offline-model";
import { appFile } from "#protocol/app-file/app";
import type { AppFiles } from "#protocol/app-file/app-files";
import { workflowDefinition } from "#protocol/app-file/workflow";
import { ACTORS } from "#runtime/actors";
import { entryWorkflow } from "#runtime/find-agent";
import { replayTurn } from "#runtime/replay";
import { recordedTurns } from "#runtime/replay/conversation";
import { PROMPTS } from "#test/packages/generator/prompts";
import { tickingClock } from "#test/support/node-tables";
import { runDeps } from "#test/support/run-deps";
import { parseYaml } from "#workflows/parse-yaml";
import { recordChat } from "./record-chat.ts";

/** All conversations of an app, each replayed with the same files; what differs, and how many turns there were. */
async function differences(files: AppFiles): Promise<{ turns: number; wrong: unknown[] }> {
  const wrong: unknown[] = [];
  let turns = 0;
  let ids = 0;
  // All of one length: ids are in prompts, and so in what they cost.
  const newId = (prefix: string) => `${prefix}_${String(++ids).padStart(6, "0")}`;
  for (const { cases } of Object.values(files.acceptance)) {
    for (const it of cases) {
      const deps = runDeps(files, offlineModel(), { user: ACTORS[it.as], clock: tickingClock(), newId });
      const steps = it.steps.map((step) =>
        step.say !== undefined ? { say: step.say } : { respond: step.respond },
      );
      const chat = await recordChat(files, it.workflow ?? entryWorkflow(files), steps, deps);
      const { tables: _tables, knowledge: _knowledge, outside: _outside, ...bare } = deps;
      for (const turn of recordedTurns(chat)) {
        turns += 1;
        const result = await replayTurn(turn, { before: files, after: files }, bare);
        const { usage } = result;
        if (!result.same || usage.before?.tokens !== usage.after.tokens) wrong.push([it.name, result]);
      }
    }
  }
  return { turns, wrong };
}

const SEED = "Build a customer support app that handles refunds and tracks orders";

// Every third: an app takes a second or two.
test.each([SEED, ...PROMPTS.map(({ prompt }) => prompt).filter((_, n) => n % 3 === 0)])(
  "a generated app replayed on itself is the same in every turn, to the token: %s",
  async (prompt) => {
    const answer = planApp(prompt);
    if (answer.kind !== "plan") throw new Error(answer.kind);
    const { turns, wrong } = await differences(filesFrom(answer.plan));
    expect(turns).toBeGreaterThan(0);
    expect(wrong).toEqual([]);
  },
  60_000,
);

const PATTERNS = "packages/workflows/examples";
test.each([
  "escalation",
  "feedback",
  "hierarchy",
  "loop",
  "pipeline",
  "redundancy",
  "routing",
  "star",
  "triage",
])("so is the pattern of agents %s, with what agents asked each other in private", async (name) => {
  const parsed = parseYaml(name, readFileSync(join(PATTERNS, `${name}.yaml`), "utf8"));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const { tables = {}, acceptance = [], ...workflow } = workflowDefinition.parse(parsed.value);
  const { turns, wrong } = await differences({
    app: appFile.parse({ name: "Example", tables }),
    workflows: { [workflow.name]: { ...workflow, entry: true } },
    acceptance: { [workflow.name]: { cases: acceptance } },
  });
  expect(turns).toBeGreaterThan(0);
  expect(wrong).toEqual([]);
});
