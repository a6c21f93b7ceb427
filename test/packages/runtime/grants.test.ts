import * as fc from "fast-check";
import { expect, test } from "vitest";
import { noForeignCanary } from "./canaries.ts";
import { call, castModel, type Part, says, troupe } from "./troupe.ts";

const NAMES = ["a", "b", "c", "d"] as const;
const graph = fc.record({
  handoffs: fc.tuple(...NAMES.map(() => fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 3 }))),
  tools: fc.tuple(...NAMES.map(() => fc.subarray(["read_all", "write_all"]))),
  wishes: fc.array(
    fc.constantFrom("read_all", "write_all", ...NAMES.map((it) => `hand_off_to_${it}`), "ask_b", "remember"),
    { minLength: 1, maxLength: 12 },
  ),
});

const TABLES = {
  rows: {
    title: "Rows",
    key: "name",
    columns: { name: { type: "text" } },
    sample: [{ values: { name: "mine" } }, { owner: "sample", values: { name: "theirs" } }],
  },
};
const TOOLS = {
  read_all: { kind: "table", description: "Read.", table: "rows", action: "find" },
  write_all: { kind: "table", description: "Write.", table: "rows", action: "insert", set: ["name"] },
};

test("T25 T29 whatever hand-offs a hostile model makes, an agent does only what its file grants, as the person", async () => {
  await fc.assert(
    fc.asyncProperty(graph, async ({ handoffs, tools, wishes }) => {
      let n = 0;
      const part: Part = () => {
        const name = wishes[n++];
        return name === undefined
          ? says("done")
          : call(name, { request: "x", name: `n${n}`, owner: "other" });
      };
      const agents = Object.fromEntries(
        NAMES.map((name, at) => [
          name,
          { handoffs: (handoffs[at] ?? []).filter((it) => it !== name), tools: tools[at] },
        ]),
      );
      const chat = troupe(
        { agents, tables: TABLES, tools: TOOLS },
        castModel({ a: part, b: part, c: part, d: part }),
      );
      const events = await chat.say("go");
      let at = "a";
      for (const event of events) {
        if (event.type !== "tool_result") continue;
        const { tool_name } = event.call;
        const target = /^hand_off_to_(.)$/.exec(tool_name)?.[1] ?? "";
        const own = agents[at];
        const granted = own?.tools?.includes(tool_name) || own?.handoffs.includes(target as "a");
        expect(event.agent).toBe(at);
        if (event.outcome.ok) expect(granted).toBe(true);
        else if (!granted) expect(event.outcome.error).toContain("no tool");
        if (target && event.outcome.ok) at = target;
        expect(JSON.stringify(event.outcome)).not.toContain("theirs");
      }
    }),
    { numRuns: 100, seed: 3 },
  );
});

test("T32 turns of many chats, interleaved: no prompt has a word of another chat", async () => {
  await noForeignCanary({ chats: 20, rounds: 15 });
});
