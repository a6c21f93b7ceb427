import { expect, test } from "vitest";
import { CATALOGUE } from "#generator/catalogue/all";
import { buildInNode } from "#test/support/build-in-node";
import { PROMPTS } from "./prompts.ts";

test.each(PROMPTS)(
  "goes live offline: $prompt",
  async ({ prompt, does, names, kinds }) => {
    const { build, files } = await buildInNode(prompt);
    const planned = build.plan?.workflows ?? [];
    expect(planned.map((it) => it.capability)).toEqual(expect.arrayContaining(does));
    const name = Object.keys(files.workflows).join(" ");
    for (const word of names) expect(name).toContain(word);
    const tools = Object.values(files.workflows).flatMap((it) => Object.values(it.tools));
    for (const kind of kinds ?? []) expect(tools.map((it) => it.kind)).toContain(kind);
    expect(tools.length).toBeGreaterThan(0);
    expect(build.acceptance).toMatchObject({ failed: 0 });
    expect(build.acceptance?.passed).toBeGreaterThanOrEqual(4);
    expect(Object.values(files.workflows).filter((it) => it.entry)).toHaveLength(1);
  },
  60_000,
);

test("they are sixty, of as many trades, and ask for every kind of work there is", () => {
  expect(PROMPTS).toHaveLength(60);
  expect(new Set(PROMPTS.map((it) => it.prompt)).size).toBe(60);
  const asked = new Set(PROMPTS.flatMap((it) => it.does));
  const unasked = CATALOGUE.map((it) => it.id).filter((id) => !asked.has(id));
  expect(unasked).toEqual([]);
});
