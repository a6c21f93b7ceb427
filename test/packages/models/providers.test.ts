import { afterEach, expect, test } from "vitest";
import { usage } from "#ledger/usage";
import { type Connection, connectModel } from "#models/connect-model";
import type { RunEvent } from "#runtime/events";
import { shopChat } from "#test/packages/runtime/shop";
import { type Behaviour, type ModelServer, modelServer } from "#test/support/model-server";
import { untilAborted } from "#test/support/waits";

const KINDS = ["openai", "openai-compatible", "anthropic", "google"] as const;
const HELLO: Behaviour = { say: ["Hel", "lo ", "thére 👋"] };

const open: ModelServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function serve(...behaviours: Behaviour[]): Promise<ModelServer> {
  const server = await modelServer(behaviours);
  open.push(server);
  return server;
}

/** A chat whose model is a real adapter, talking with that server. */
async function chatWith(
  server: ModelServer,
  kind: Connection["kind"] = "openai-compatible",
  more: Parameters<typeof shopChat>[1] = {},
) {
  const base_url = kind === "google" ? server.url.replace("/v1", "/v1beta") : server.url;
  return shopChat(await connectModel("p", "m", { kind, base_url, key: "sk-canary" }), more);
}

const textOf = (events: RunEvent[]) =>
  events.map((event) => (event.type === "text" ? event.delta : "")).join("");
const endOf = (events: RunEvent[]) => events.at(-1);
const stepOf = (events: RunEvent[]) => events.find((event) => event.type === "step");

test.each(KINDS)("%s streams an answer, with its own count of tokens and an upper limit", async (kind) => {
  const server = await serve(HELLO);
  const chat = await chatWith(server, kind);
  const events = await chat.say("hello");
  expect(textOf(events)).toBe("Hello thére 👋");
  expect(endOf(events)?.type).toBe("completed");
  expect(usage(chat.meter.ledger)).toMatchObject({
    held_nano: "0",
    totals: { calls: 1, input_tokens: 11, output_tokens: 7 },
  });
  const asked = JSON.stringify(server.asked[0]?.body);
  expect(asked).toMatch(/"(max_tokens|max_output_tokens|maxOutputTokens|max_completion_tokens)":2048/);
});

test.each(KINDS)("%s calls a tool, whose result goes back to it", async (kind) => {
  const calls = [{ name: "find_order", args: JSON.stringify({ order_number: "A-1001" }) }];
  const server = await serve({ say: [], calls }, { say: ["It is on its way."] });
  const chat = await chatWith(server, kind);
  const events = await chat.say("Where is A-1001?");
  expect(events.find((event) => event.type === "tool_result")).toMatchObject({ outcome: { ok: true } });
  expect(textOf(events)).toBe("It is on its way.");
  expect(JSON.stringify(server.asked[1]?.body)).toContain("A-1001");
});

test.each(KINDS)("F13 %s: 429 with retry-after is waited out, and nobody sees it", async (kind) => {
  const server = await serve({ status: 429, headers: { "retry-after": "3" } }, HELLO);
  const waited: number[] = [];
  const chat = await chatWith(server, kind, {
    wait: (ms, until) => {
      if (ms < 5_000) waited.push(ms);
      return ms < 5_000 ? Promise.resolve() : untilAborted(until);
    },
  });
  const events = await chat.say("hello");
  expect(waited).toEqual([3_000]);
  expect(textOf(events)).toBe("Hello thére 👋");
  expect(events.filter((event) => event.type === "step")).toHaveLength(1);
  expect(usage(chat.meter.ledger)).toMatchObject({ held_nano: "0", totals: { calls: 1, input_tokens: 11 } });
});

test.each([
  [
    "F13 a retry-after longer than we wait ends it at once",
    [{ status: 429, headers: { "retry-after": "600" } }],
    1,
  ],
  ["F14 500 is tried three times", [{ status: 500 }], 3],
  ["F14 a line that is closed without a word is tried three times", [{ reset: true }], 3],
  ["F16 garbage is tried three times", [{ garbage: "<html>502 Bad Gateway</html>" }], 3],
  ["401 is not tried again", [{ status: 401, body: '{"error":{"message":"bad key sk-canary"}}' }], 1],
  ["400 is not tried again", [{ status: 400 }], 1],
] as [string, Behaviour[], number][])(
  "%s: the turn fails politely, free of charge, in our words",
  async (_, does, tries) => {
    const server = await serve(...does);
    const chat = await chatWith(server);
    const events = await chat.say("hello");
    expect(endOf(events)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
    expect(server.asked).toHaveLength(tries);
    expect(JSON.stringify(events)).not.toContain("sk-canary");
    expect(usage(chat.meter.ledger)).toMatchObject({ held_nano: "0", totals: { calls: 0, cost_nano: "0" } });
  },
);

test.each([0, 1, 2, 3])(
  "F15 cut in mid-stream after %i events: what came stays, is marked, and is paid",
  async (cutAfter) => {
    const server = await serve({ ...HELLO, cutAfter });
    const chat = await chatWith(server);
    const events = await chat.say("hello");
    expect(endOf(events)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
    const said = ["", "", "Hel", "Hello "][cutAfter];
    expect(textOf(events)).toBe(said);
    // Before the first word it is tried again; after it, never.
    expect(server.asked).toHaveLength(said === "" ? 3 : 1);
    expect(stepOf(events)?.interrupted).toBe(said === "" ? undefined : true);
    expect(usage(chat.meter.ledger)).toMatchObject({
      held_nano: "0",
      totals: { calls: said === "" ? 0 : 1 },
    });
  },
);

test.each([false, true])(
  "F17 a provider that hangs (headers sent: %s) is given up, and the next one answers",
  async (begun) => {
    const hanging = await serve({ hang: true, begun });
    const standIn = await serve(HELLO);
    let ring = () => {};
    const chat = await chatWith(hanging, "openai-compatible", {
      wait: (ms, until) =>
        ms < 5_000
          ? Promise.resolve()
          : new Promise((resolve) => {
              ring = resolve;
              until.addEventListener("abort", () => resolve());
            }),
    });
    const first = chat.deps.resolveModel;
    const second = await connectModel("p", "m", { kind: "anthropic", base_url: standIn.url, key: "k" });
    chat.deps.files = { ...chat.deps.files, app: { ...chat.deps.files.app, fallback: ["test/odd"] } };
    chat.deps.resolveModel = (name) => (name === "test/odd" ? second : first(name));
    const said = chat.say("hello");
    for (let tries = 1; tries <= 3; tries++) {
      while (hanging.asked.length < tries) await new Promise((resolve) => setImmediate(resolve));
      ring();
    }
    const events = await said;
    expect(textOf(events)).toBe("Hello thére 👋");
    expect(usage(chat.meter.ledger)).toMatchObject({ held_nano: "0", totals: { calls: 1 } });
  },
);

test("F15 the fallback answers when the first gives up, is reserved at its own price, and each is one call", async () => {
  const down = await serve({ status: 503 });
  const up = await serve(HELLO);
  const chat = await chatWith(down);
  const first = chat.deps.resolveModel;
  const second = await connectModel("p", "m", { kind: "anthropic", base_url: up.url, key: "k" });
  const reserved: string[] = [];
  const { reserve } = chat.meter;
  chat.meter.reserve = (ask) => {
    reserved.push(`${ask.model} ${ask.call_id.split("/").length}`);
    return reserve(ask);
  };
  chat.deps.files = {
    ...chat.deps.files,
    app: { ...chat.deps.files.app, fallback: ["test/odd"] },
  };
  chat.deps.resolveModel = (name) => (name === "test/odd" ? second : first(name));
  const events = await chat.say("hello");
  expect(reserved).toEqual(["offline/mozaiks-1 3", "test/odd 4"]);
  expect(textOf(events)).toBe("Hello thére 👋");
  expect(endOf(events)?.type).toBe("completed");
  const { by_model } = usage(chat.meter.ledger);
  expect(by_model).toMatchObject([{ key: "test/odd", calls: 1, input_tokens: 11 }]);
  expect(down.asked).toHaveLength(3);
  expect(up.asked).toHaveLength(1);
});

test("F18 a provider that never ends is ended, and what it said is paid", async () => {
  const server = await serve({ endless: "again and again ".repeat(50) });
  const chat = await chatWith(server);
  const events = await chat.say("hello");
  expect(endOf(events)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
  const said = textOf(events).length;
  expect(said).toBeGreaterThan(90_000);
  expect(said).toBeLessThan(110_000);
  expect(usage(chat.meter.ledger)).toMatchObject({ held_nano: "0", totals: { calls: 1 } });
});

test.each(KINDS)("%s: no usage told is charged as an estimate", async (kind) => {
  const server = await serve({ ...HELLO, usage: false });
  const chat = await chatWith(server, kind);
  const events = await chat.say("hello");
  expect(endOf(events)?.type).toBe("completed");
  expect(usage(chat.meter.ledger).totals.input_tokens).toBeGreaterThan(10);
  expect(usage(chat.meter.ledger).held_nano).toBe("0");
});

test("F19 an answer without a word is a failure, not a blank bubble", async () => {
  const server = await serve({ say: [] });
  const chat = await chatWith(server);
  const events = await chat.say("hello");
  expect(endOf(events)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
  expect(events.some((event) => event.type === "text")).toBe(false);
});

test("a stop ends the wait for the next try at once, and nothing is charged", async () => {
  const server = await serve({ status: 503 });
  const stop = new AbortController();
  const chat = await chatWith(server, "openai-compatible", {
    signal: stop.signal,
    wait: (ms, until) => {
      if (ms < 5_000) stop.abort();
      return ms < 5_000 ? Promise.resolve() : untilAborted(until);
    },
  });
  const events = await chat.say("hello");
  expect(endOf(events)?.type).toBe("cancelled");
  expect(server.asked).toHaveLength(1);
  expect(usage(chat.meter.ledger)).toMatchObject({ held_nano: "0", totals: { calls: 0 } });
});
