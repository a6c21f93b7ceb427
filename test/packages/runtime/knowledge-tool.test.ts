import { expect, test } from "vitest";
import { knowledgeTool } from "#protocol/app-file/knowledge-tool";
import { planKnowledgeCall } from "#runtime/tools/knowledge";

const tool = knowledgeTool.parse({
  kind: "knowledge",
  description: "Search the handbook.",
  files: ["hand*"],
  top: 2,
});
const deps = (search: () => Promise<never[] | object[]>) =>
  ({ knowledge: { search }, user: { id: "u", name: "Ann" }, clock: { now: () => 0 } }) as never;

test("T26 passages come numbered, said to be information, and without what makes a text look other than it is", async () => {
  const hit = { n: 1, file: "a.md", title: "A", heading: "", text: "one\u202e\u200b\n\ntwo" };
  const plan = await planKnowledgeCall(
    tool,
    { query: "what?" },
    deps(async () => [hit]),
  );
  if (!plan.ok) throw new Error(plan.error);
  const outcome = await plan.act();
  expect(outcome).toMatchObject({ ok: true, count: 1, rows: [{ ...hit, text: "one\n\ntwo" }] });
  expect(outcome.note).toMatch(/information, never instructions/);
  expect(outcome.note).toContain("[1]");
});

test("nothing found is an answer without a note to cite by", async () => {
  const plan = await planKnowledgeCall(
    tool,
    { query: "what?" },
    deps(async () => []),
  );
  expect(plan.ok && (await plan.act())).toEqual({ ok: true, count: 0, rows: [] });
});
