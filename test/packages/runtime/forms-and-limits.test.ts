import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { agentIn, call, castModel, says, systemOf, troupe } from "./troupe.ts";

const STAR = { agents: { hub: { asks: ["left", "right"] }, left: {}, right: {} } };

const FORM = {
  agents: {
    clerk: {
      output: {
        schema: { type: "object", properties: { n: { type: "integer" } }, required: ["n"] },
        writes: { n: "n" },
      },
    },
  },
  variables: { n: { type: "integer", writers: ["clerk"] } },
};

test("an answer that does not fit its schema is put right once it is told why", async () => {
  const model = castModel({ clerk: [says('{"n": "many"}'), says('{"n": 3}')] });
  const chat = troupe(FORM, model);
  const events = await chat.say("How many?");
  expect(events.at(-1)?.type).toBe("completed");
  expect(chat.run().vars).toEqual({ play: { n: 3 } });
  expect(JSON.stringify(model.asked_[1]!.options.prompt)).toContain("does not fit the schema: n");
  expect(model.asked_[0]!.options.responseFormat).toMatchObject({ type: "json" });
  expect(events.some((it) => it.type === "text")).toBe(false);
});

test("the same fault twice stops it, and so do too many", async () => {
  const twice = castModel({ clerk: [says("three")] });
  const stopped = await troupe(FORM, twice).say("How many?");
  expect(stopped.at(-1)).toMatchObject({ type: "failed", code: "OUTPUT_INVALID" });
  expect(twice.asked_).toHaveLength(2);
  const many = castModel({ clerk: [says("x"), says('{"n": "many"}'), says("{}"), says('{"n": 1}')] });
  expect((await troupe(FORM, many).say("How many?")).at(-1)).toMatchObject({ code: "OUTPUT_INVALID" });
  expect(many.asked_).toHaveLength(3);
});

const NOTES = {
  tables: {
    notes: {
      title: "Notes",
      key: "note_number",
      key_prefix: "N-",
      columns: { note_number: { type: "text" }, text: { type: "text" } },
    },
  },
  tools: {
    add_note: {
      kind: "table",
      description: "Add a note.",
      table: "notes",
      action: "insert",
      set: ["text"],
      saves: { last_note: "row.note_number" },
      approval: { by: "user" },
    },
  },
};

test("variables: only declared writers write, in their type; an instruction shows them as values", async () => {
  const model = castModel({
    host: [
      call("remember", { city: "Oslo", secret: "x", last_note: "forged" }),
      call("remember", { city: 7 }),
      call("hand_off_to_guest", {}),
    ],
    guest: [call("remember", { city: "Rome" }), says("Ok.")],
  });
  const chat = troupe(
    {
      ...NOTES,
      variables: {
        city: { type: "text", writers: ["host"] },
        last_note: { type: "text", writers: ["add_note"] },
        secret: { type: "text", default: "s", writers: [] },
      },
      agents: {
        host: { handoffs: ["guest"], tools: ["add_note"] },
        guest: {
          instructions: "In {vars.city}. {vars.constructor} {vars.__proto__} {vars.secret}",
          tools: [],
        },
      },
    },
    model,
  );
  const events = await chat.say("I live in Oslo");
  const results = events.flatMap((it) => (it.type === "tool_result" ? [it.outcome.ok] : []));
  // What a tool does not name is left out; what does not fit is refused; who is no writer has no such tool.
  expect(results).toEqual([true, false, true, false]);
  expect(chat.run().vars).toEqual({ play: { city: "Oslo" } });
  expect(systemOf(model.asked_[3]!.options)).toContain("In Oslo. {vars.constructor} {vars.__proto__} s");
});

test("an approval inside a question pauses the whole run as rows and goes on in its place; a tool's value is saved", async () => {
  const model = castModel({
    hub: [call("ask_scribe", { request: "note it" }), says("Noted.")],
    scribe: [call("add_note", { text: "milk" }), says("Saved.")],
  });
  const chat = troupe(
    {
      ...NOTES,
      variables: { last_note: { type: "text", writers: ["add_note"] } },
      agents: { hub: { asks: ["scribe"] }, scribe: { tools: ["add_note"] } },
    },
    model,
  );
  const paused = await chat.say("note milk");
  expect(paused.at(-1)).toMatchObject({ type: "paused", reason: "approval" });
  Object.assign(chat.run(), JSON.parse(JSON.stringify(chat.run())));
  const events = await chat.answer({ approved: true });
  expect(events.at(-1)?.type).toBe("completed");
  expect(await chat.deps.tables.count("notes", {})).toBe(1);
  expect(chat.run().vars).toEqual({ play: { last_note: "N-1001" } });
});

test("T30 a call that fails the same way is said so once, then stops the run", async () => {
  const model = castModel({ a: [call("no_such_tool", { x: 1 })] });
  const events = await troupe({ agents: { a: {} } }, model).say("go");
  expect(model.asked_).toHaveLength(3);
  const errors = events.flatMap((it) => (it.type === "tool_result" ? [String(it.outcome.error)] : []));
  expect(errors[0]).not.toContain("before");
  expect(errors[1]).toContain("You have made this very call before");
  expect(events.at(-1)).toMatchObject({
    type: "failed",
    code: "LIMIT_REACHED",
    details: { limit: "repeated_failures" },
  });
});

test("F18 a model that fails in ever new ways is stopped long before its limit of calls", async () => {
  let n = 0;
  const model = castModel({ a: () => call(`no_such_tool_${++n}`) });
  const events = await troupe({ agents: { a: {} } }, model).say("go");
  expect(events.at(-1)).toMatchObject({ details: { limit: "repeated_failures" } });
  expect(n).toBe(8);
});

test("T29 a hand-off's envelope is small and typed, and an agent that was asked can't take the person along", async () => {
  const model = castModel({
    a: [
      call("hand_off_to_b", { reason: "x".repeat(501) }),
      call("hand_off_to_b", { reason: { evil: true } }),
      call("ask_b", { request: "go" }),
      says("Ok."),
    ],
    b: [call("hand_off_to_c", {}), says("B.")],
  });
  const chat = troupe(
    { agents: { a: { handoffs: ["b"], asks: ["b"] }, b: { handoffs: ["c"] }, c: {} } },
    model,
  );
  const events = await chat.say("go");
  expect(events.flatMap((it) => (it.type === "tool_result" ? [it.outcome.ok] : []))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(chat.run().agent).toBe("a");
  const offered = model.asked_.find(({ agent }) => agent === "b")?.options.tools ?? [];
  expect(offered).toEqual([]);
});

test("F16 arguments without end are cut off with their answer, and a tool's name is not kept as it came", async () => {
  const request = "x".repeat(LIMITS.toolArgsMaxBytes);
  const endless = troupe(STAR, castModel({ hub: [call("ask_left", { request })] }));
  expect((await endless.say("go")).at(-1)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
  expect(JSON.stringify(endless.transcript).length).toBeLessThan(4_000);
  const named = await troupe(STAR, castModel({ hub: [call("y".repeat(999)), says("No.")] })).say("go");
  const [first] = named.flatMap((it) => (it.type === "step" ? it.calls : []));
  expect(first?.tool_name).toHaveLength(128);
});

test("F19 a model that says nothing at all has not answered", async () => {
  const events = await troupe({ agents: { a: {} } }, castModel({ a: [{}] })).say("go");
  expect(events.at(-1)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
  expect(events.some((it) => it.type === "text")).toBe(false);
});

test("a stop in the middle of questions closes every call, also the private ones", async () => {
  const abort = new AbortController();
  const model = castModel({
    hub: [call("ask_left", { request: "?" })],
    left: () => {
      abort.abort();
      return says("late");
    },
  });
  const chat = troupe(STAR, model, { signal: abort.signal });
  const events = await chat.say("go");
  expect(events.at(-1)?.type).toBe("cancelled");
  expect(chat.run().stack).toEqual([]);
  expect(chat.transcript.map(({ kind }) => kind)).toEqual(["user", "assistant", "tool"]);
  expect(agentIn(model.asked_[0]!.options)).toBe("hub");
});
