import { expect, test } from "vitest";
import { call, castModel, says, systemOf, troupe } from "./troupe.ts";

test("pipeline: each agent's answer is the next one's turn, and the next message starts at the first again", async () => {
  const model = castModel({ writer: [says("Draft.")], editor: [says("Better.")] });
  const chat = troupe(
    { agents: { writer: { next: [{ to: "editor", note: "Improve it." }] }, editor: { tools: [] } } },
    model,
  );
  const events = await chat.say("Write something");
  expect(chat.spoken(events)).toEqual(["writer", "editor"]);
  expect(events.find((it) => it.type === "passed")?.to).toMatchObject({ agent: "editor" });
  // A model's conversation ends with what it is to react to, never with somebody's answer.
  const shown = model.asked_[1]?.options.prompt.at(-1);
  expect(shown?.role).toBe("tool");
  expect(JSON.stringify(shown)).toContain("Improve it.");
  await chat.say("Another one");
  expect(model.asked_.map(({ agent }) => agent)).toEqual(["writer", "editor", "writer", "editor"]);
});

test("loop: goes round while its condition holds, counting in a variable", async () => {
  const model = castModel({ writer: [says("Draft.")], critic: [says("Hm.")] });
  const chat = troupe(
    {
      variables: { round: { type: "integer", default: 1, writers: ["critic"] } },
      agents: {
        writer: { instructions: "Round {vars.round}.", next: [{ to: "critic" }] },
        critic: { next: [{ when: "vars.round < 3", set: { round: "vars.round + 1" }, to: "writer" }] },
      },
    },
    model,
  );
  const events = await chat.say("Write");
  expect(chat.spoken(events)).toEqual(["writer", "critic", "writer", "critic", "writer", "critic"]);
  expect(systemOf(model.asked_[4]!.options)).toContain("Round 3.");
  expect(chat.run().vars).toEqual({ play: { round: 3 } });
});

test("T30 F18 a loop without an end is stopped by its own limit, and `max` ends one rule", async () => {
  const endless = { agents: { a: { next: [{ to: "b" }] }, b: { next: [{ to: "a" }] } } };
  const stopped = await troupe(endless, castModel({ a: [says("a")], b: [says("b")] })).say("go");
  expect(stopped.at(-1)).toMatchObject({ type: "failed", details: { limit: "passes" } });
  const bounded = { agents: { a: { next: [{ to: "b", max: 2 }] }, b: { next: [{ to: "a" }] } } };
  const chat = troupe(bounded, castModel({ a: [says("a")], b: [says("b")] }));
  const events = await chat.say("go");
  expect(chat.spoken(events)).toEqual(["a", "b", "a", "b", "a"]);
  expect(events.at(-1)?.type).toBe("completed");
});

const STAR = { agents: { hub: { asks: ["left", "right"] }, left: {}, right: {} } };

test("star: an agent asks others and answers with what they said; people see that, not their words", async () => {
  const model = castModel({
    hub: [
      {
        calls: [
          { name: "ask_left", args: { request: "L?" } },
          { name: "ask_right", args: { request: "R?" } },
        ],
      },
      says("Both."),
    ],
    left: [says("Left says 1.")],
    right: [says("Right says 2.")],
  });
  const chat = troupe(STAR, model);
  const events = await chat.say("Everything, please");
  expect(model.asked_.map(({ agent }) => agent)).toEqual(["hub", "left", "right", "hub"]);
  // Private: the colleague sees the request alone, and its words reach the asker only.
  const left = model.asked_[1]!.options.prompt;
  expect(left.slice(1)).toEqual([{ role: "user", content: [{ type: "text", text: "L?" }] }]);
  expect(JSON.stringify(model.asked_[2]!.options.prompt)).not.toContain("Left says");
  expect(JSON.stringify(model.asked_[3]!.options.prompt)).toContain("Left says 1.");
  expect(events.filter((it) => it.type === "text")).toHaveLength(1);
  const seen = events.flatMap((it) => (it.type === "tool_result" ? [it.seen] : []));
  expect(seen).toEqual([{ ok: true }, { ok: true }]);
  expect(chat.transcript.every(({ scope }) => scope === undefined)).toBe(true);
});

test("hierarchy: who is asked may ask others, to a depth, never in a circle", async () => {
  const agents = {
    boss: { asks: ["lead"] },
    lead: { asks: ["worker", "boss"] },
    worker: { asks: ["deep"] },
    deep: { asks: ["deeper"] },
    deeper: {},
  };
  const model = castModel({
    boss: [call("ask_lead", { request: "go" }), says("Done.")],
    lead: [call("ask_worker", { request: "go" }), call("ask_boss", { request: "why?" }), says("Lead.")],
    worker: [call("ask_deep", { request: "go" }), says("Worker.")],
    deep: [call("ask_deeper", { request: "go" }), says("Deep.")],
  });
  const chat = troupe({ agents }, model);
  const events = await chat.say("go");
  const refused = events.flatMap((it) => (it.type === "tool_result" && !it.outcome.ok ? [it] : []));
  expect(refused.map((it) => it.call.tool_name)).toEqual(["ask_deeper", "ask_boss"]);
  expect(events.at(-1)?.type).toBe("completed");
  expect(chat.run().stack).toEqual([]);
});

const PANEL = {
  agents: {
    judge: { panel: ["one", "two", "three"] },
    one: { output: { schema: verdict() } },
    two: { output: { schema: verdict() } },
    three: { output: { schema: verdict() } },
  },
};

function verdict() {
  return { type: "object", properties: { verdict: { enum: ["yes", "no"] } }, required: ["verdict"] };
}

test("redundancy: a panel is asked without a model deciding so, and one that fails does not stop the others", async () => {
  const model = castModel({
    judge: [says("Two of three say yes.")],
    one: [says('{"verdict": "yes"}')],
    two: [{ breaks: "socket hang up" }],
    three: [says('```json\n{"verdict": "yes"}\n```')],
  });
  const chat = troupe(PANEL, model);
  const events = await chat.say("Is it good?");
  // At once: the third is asked before the second has failed for good.
  const asked = ["one", "two", "three", "two", "two", "judge"];
  expect(model.asked_.map(({ agent }) => agent)).toEqual(asked);
  const told = JSON.stringify(model.asked_[5]!.options.prompt);
  expect(told).toContain('"answer":{"verdict":"yes"}');
  expect(told).toContain("two could not answer");
  expect(told).not.toContain("hang up");
  expect(events.at(-1)?.type).toBe("completed");
  // Each turn asks it anew.
  await chat.say("And this?");
  expect(model.asked_).toHaveLength(2 * asked.length);
});

test("feedback: a hidden critic's verdict in JSON decides whether the writer tries again", async () => {
  const model = castModel({
    writer: [says("Bad."), says("Good.")],
    critic: [says('{"ok": false, "remark": "shorter"}'), says('{"ok": true, "remark": ""}')],
  });
  const chat = troupe(
    {
      variables: { remark: { type: "text", writers: ["critic"] } },
      agents: {
        writer: { instructions: "Mind: {vars.remark}", next: [{ to: "critic" }] },
        critic: {
          hidden: true,
          output: {
            schema: {
              type: "object",
              properties: { ok: { type: "boolean" }, remark: { type: "string" } },
              required: ["ok", "remark"],
            },
            writes: { remark: "remark" },
          },
          next: [{ when: "!output.ok", to: "writer", max: 3 }, { to: "end" }],
        },
      },
    },
    model,
  );
  const events = await chat.say("Write");
  expect(chat.spoken(events)).toEqual(["writer", "critic", "writer", "critic"]);
  expect(events.flatMap((it) => (it.type === "text" ? [it.delta] : []))).toEqual(["Bad.", "Good."]);
  expect(systemOf(model.asked_[2]!.options)).toContain("Mind: shorter");
  const usage = events.flatMap((it) => (it.type === "usage" ? [it.agent] : []));
  expect(usage).toEqual(["writer", "internal", "writer", "internal"]);
  expect(events.flatMap((it) => (it.type === "speaker" ? [it.agent] : []))).toEqual([]);
});
