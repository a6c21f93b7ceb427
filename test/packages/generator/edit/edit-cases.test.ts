import { expect, test } from "vitest";
import { offlineModel } from "#models/offline/offline-model";
import type { AppFiles } from "#protocol/app-file/app-files";
import { ACTORS } from "#runtime/actors";
import { runAcceptance } from "#runtime/run-acceptance";
import { tickingClock } from "#test/support/node-tables";
import { runDeps } from "#test/support/run-deps";
import { appOf, edited, SEED } from "./support.ts";

const SUPPORT = appOf(SEED);
const DENTIST = appOf("A dentist app where patients book appointments and ask about opening hours");

/** Names of the conversations that an edit brought. */
function brought(before: AppFiles, after: AppFiles): [workflow: string, name: string][] {
  return Object.entries(after.acceptance).flatMap(([workflow, { cases }]) => {
    const names = new Set(before.acceptance[workflow]?.cases.map((it) => it.name));
    return cases.filter((it) => !names.has(it.name)).map((it): [string, string] => [workflow, it.name]);
  });
}

async function passes(files: AppFiles, workflow: string, name: string): Promise<boolean> {
  const it = files.acceptance[workflow]?.cases.find((test) => test.name === name);
  if (!it) throw new Error(`there is no “${name}”`);
  const more = { user: ACTORS.creator, clock: tickingClock(Date.UTC(2026, 10, 22)) };
  return (await runAcceptance(it, workflow, runDeps(files, offlineModel(), more))).passed;
}

test.each([
  [SUPPORT, "refunds over $100 need my approval", 2],
  [SUPPORT, "refunds of $40 or more need my approval", 2],
  [SUPPORT, "refunds up to 14 days only", 1],
  [SUPPORT, "no refunds over $300", 1],
  [SUPPORT, "no refunds over $20", 1],
  [DENTIST, "users should confirm before booking an appointment", 1],
  [DENTIST, "cancelling an appointment needs my approval", 1],
  [DENTIST, "hand over to a human when somebody is angry", 1],
  [SUPPORT, "add a loyalty workflow", 1],
] as const)(
  "%#: what an edit brings is tried by conversations that pass, and are red without it",
  async (before, request, least) => {
    const { after } = edited(before, request);
    const cases = brought(before, after);
    expect(cases.length).toBeGreaterThanOrEqual(least);
    for (const [workflow, name] of cases)
      expect({ name, passes: await passes(after, workflow, name) }).toEqual({ name, passes: true });
    // The same conversations and sample rows, with workflows as they were.
    const without = { ...after, workflows: before.workflows };
    const kept = cases.filter(([workflow]) => before.workflows[workflow]);
    const red = await Promise.all(kept.map(([workflow, name]) => passes(without, workflow, name)));
    expect(red).toContain(false);
  },
);

test("a threshold that moves takes its conversations along", () => {
  const first = edited(SUPPORT, "refunds over $100 need my approval").after;
  const { after } = edited(first, "raise the approval to $200");
  const names = after.acceptance["refund-handler"]?.cases.map((it) => it.name) ?? [];
  expect(names).toContain("Request refund over $200 waits for the team");
  expect(names).not.toContain("Request refund over $100 waits for the team");
  const gone = edited(after, "remove the approval").after;
  expect(gone.acceptance["refund-handler"]?.cases.some((it) => / the team$/.test(it.name))).toBe(false);
  expect(gone.workflows["refund-handler"]?.tools.request_refund).toMatchObject({ approval: { by: "user" } });
});
