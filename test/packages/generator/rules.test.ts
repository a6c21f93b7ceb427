import { describe, expect, test } from "vitest";
import { filesFrom } from "#generator/files-from";
import { offlineModel } from "#models/offline/offline-model";
import { type Plan, plan as planSchema } from "#protocol/api/plan";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { tickingClock } from "#test/support/node-tables";
import { planned } from "#test/support/planned";
import { runDeps } from "#test/support/run-deps";
import { checkApp } from "#workflows/check-app";
import { RULE_PROMPTS } from "./rule-prompts.ts";
import { toldRules } from "./told-rules.ts";

/** Rules that no conversation can try in a few turns, or at all. */
const UNTRIED = /never change|everybody at most (?:12|15) per/;

async function failureOf(files: AppFiles, workflow: string, it: AcceptanceCase): Promise<string> {
  const more = { user: ACTORS.creator, clock: tickingClock() };
  const result = await runAcceptance(it, workflow, runDeps(files, offlineModel(), more));
  return result.passed ? "" : `${workflow}: ${it.name}: ${result.failure}`;
}

/** The conversations of one rule, with the workflow they are of. */
function casesOf(files: AppFiles, text: string): { workflow: string; it: AcceptanceCase }[] {
  return Object.entries(files.acceptance).flatMap(([workflow, { cases }]) =>
    cases.filter(({ name }) => name.startsWith(`“${text}”`.slice(0, 150))).map((it) => ({ workflow, it })),
  );
}

/** The app without one of its rules, on the same tables and sample rows. */
function withoutRule(plan: Plan, files: AppFiles, workflow: string, at: number): AppFiles {
  const workflows = plan.workflows.map((it) =>
    it.name === workflow ? { ...it, rules: it.rules?.filter((_, index) => index !== at) } : it,
  );
  return { ...filesFrom({ ...plan, workflows }), app: files.app };
}

describe.each(RULE_PROMPTS)("$prompt", ({ prompt, rules, unbuilt }) => {
  const plan = planned(prompt);
  const files = filesFrom(plan);

  test("what it demands becomes rules, and what can't be built is named", () => {
    expect(planSchema.parse(plan)).toEqual(plan);
    expect(toldRules(plan)).toEqual(rules);
    const notes = plan.assumptions.filter((it) => it.startsWith("Not built"));
    expect(notes).toHaveLength(unbuilt.length);
    for (const it of unbuilt) expect(notes.join(" ")).toContain(it);
    expect(checkApp(files)).toEqual([]);
  });

  test("its conversations pass, and each rule's go red without the rule", async () => {
    const failures: string[] = [];
    for (const [workflow, { cases }] of Object.entries(files.acceptance))
      for (const it of cases) failures.push(await failureOf(files, workflow, it));
    expect(failures.filter(Boolean)).toEqual([]);

    const untold: string[] = [];
    for (const { name, rules: own = [] } of plan.workflows)
      for (const [at, rule] of own.entries()) {
        const bare = withoutRule(plan, files, name, at);
        const red: string[] = [];
        for (const { workflow, it } of casesOf(files, rule.text))
          red.push(await failureOf(bare, workflow, it));
        if (!red.some(Boolean)) untold.push(`${name}: ${rule.text}`);
      }
    const untried = toldRules(plan).filter((it) => UNTRIED.test(it));
    expect(untold).toHaveLength(untried.length);
  }, 60_000);
});
