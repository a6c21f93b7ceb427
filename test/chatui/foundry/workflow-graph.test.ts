import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { filesFrom } from "#generator/files-from";
import { planApp } from "#generator/plan-app";
import { printApp } from "#workflows/print-app";
import { editWorkflow, readWorkflow } from "../../../chatui/src/foundry/edit-workflow.ts";
import { graphOf, LINKS, type RawWorkflow, withGraph } from "../../../chatui/src/foundry/workflow-graph.ts";

const FOLDER = "packages/workflows/examples/";
const examples = readdirSync(FOLDER).map((name) => [name, readFileSync(FOLDER + name, "utf8")] as const);

function generated(): (readonly [string, string])[] {
  const planned = planApp("Build a customer support app that handles refunds and tracks orders", {});
  if (planned.kind !== "plan") throw new Error(planned.message);
  return Object.entries(printApp(filesFrom(planned.plan))).filter(([path]) =>
    path.endsWith("/workflow.yaml"),
  );
}

const read = (text: string): RawWorkflow => {
  const raw = readWorkflow(text);
  if (!raw) throw new Error("is no workflow");
  return raw;
};
const agentsOf = (raw: RawWorkflow) => Object.keys(raw.agents);

describe.each([...examples, ...generated()])("%s", (_, text) => {
  test("from the file to the graph and back nothing changes", () => {
    const raw = read(text);
    expect(withGraph(raw, graphOf(raw))).toEqual(raw);
    expect(graphOf(withGraph(raw, graphOf(raw)))).toEqual(graphOf(raw));
    // Each thing an agent names is an edge to a node that is drawn.
    const { nodes, edges } = graphOf(raw);
    const names = new Set(nodes.map((it) => it.name));
    expect(edges.filter((it) => !names.has(it.from) || !names.has(it.to))).toEqual([]);
    const named = Object.values(raw.agents).flatMap((it) => [
      ...LINKS.flatMap((kind) => it[kind] ?? []),
      ...(it.next ?? []),
    ]);
    expect(edges).toHaveLength(named.length);
  });

  test("any edits change what they say and nothing else, and undone they leave the file's data as it was", () => {
    const raw = read(text);
    const agent = fc.constantFrom(...agentsOf(raw));
    const words = fc.constantFrom(
      "Say hello.",
      "First line.\nSecond line: with a colon # and a hash.",
      "'quoted' \"both\"",
    );
    fc.assert(
      fc.property(agent, agent, words, fc.constantFrom(...LINKS), (from, other, said, kind) => {
        const to = kind === "tools" ? (Object.keys(raw.tools ?? {})[0] ?? "some_tool") : other;
        const before = raw.agents[from]?.[kind] ?? [];
        const linked = editWorkflow(text, { type: "link", kind, agent: from, to });
        expect(read(linked)).toEqual({
          ...raw,
          agents: { ...raw.agents, [from]: { ...raw.agents[from], [kind]: [...new Set([...before, to])] } },
        });
        if (!before.includes(to) && before.length > 0)
          expect(read(editWorkflow(linked, { type: "unlink", kind, agent: from, to }))).toEqual(raw);

        const spoken = read(
          editWorkflow(text, { type: "say", agent: from, field: "instructions", text: said }),
        );
        expect(spoken).toEqual({
          ...raw,
          agents: { ...raw.agents, [from]: { ...raw.agents[from], instructions: said } },
        });

        expect(read(editWorkflow(text, { type: "enter", agent: from }))).toEqual({
          ...raw,
          entry_agent: from,
        });

        const renamed = editWorkflow(text, { type: "rename", agent: from, to: "somebody-else" });
        expect(agentsOf(read(renamed))).toEqual(
          agentsOf(raw).map((name) => (name === from ? "somebody-else" : name)),
        );
        expect(JSON.stringify(graphOf(read(renamed))).includes(`"${from}"`)).toBe(false);
        expect(read(editWorkflow(renamed, { type: "rename", agent: "somebody-else", to: from }))).toEqual(
          raw,
        );
      }),
      { numRuns: 6, seed: 5 },
    );
  });

  test("an edit keeps the file's comments", () => {
    const [first] = agentsOf(read(text));
    const edited = editWorkflow(text, { type: "say", agent: first!, field: "title", text: "Somebody" });
    const comments = (of: string) => of.match(/^\s*#.*$/gm) ?? [];
    expect(comments(edited)).toEqual(comments(text));
    expect(parse(edited)).toMatchObject({ agents: { [first!]: { title: "Somebody" } } });
  });
});

test("an agent can't take another's name, and what is no file is left alone", () => {
  const [, text] = examples[0]!;
  const [one, two] = agentsOf(read(text));
  expect(editWorkflow(text, { type: "rename", agent: one!, to: two! })).toBe(text);
  expect(editWorkflow("agents: [", { type: "enter", agent: "x" })).toBe("agents: [");
  expect(readWorkflow("agents: [")).toBeNull();
  expect(readWorkflow("just words")).toBeNull();
});
