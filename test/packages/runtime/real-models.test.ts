import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { DIALECTS, USED } from "#test/support/model-server/dialects";
import { type Answer, type ModelServer, modelServer } from "#test/support/model-server/model-server";
import { endOf, MODELS, realChat, textOf } from "./real-chat.ts";

let server: ModelServer;
beforeAll(async () => {
  server = await modelServer();
});
afterAll(() => server.close());

const HELLO = { text: ["Hello, ", "Ann ", "🙂."] };
/** Frames up to the first piece of text. */
const FIRST_PIECE = { chat: 2, responses: 3, messages: 3, gemini: 1 };
const BUSY: Answer = { status: 429 };

function chatWith(model: string, answers: Answer[], app: { fallback?: string[] } = {}, signal?: AbortSignal) {
  server.answer(answers);
  return realChat(server, { model, ...app }, signal);
}

describe.each(DIALECTS)("%s", (dialect) => {
  const model = MODELS[dialect];

  test("an answer streams, and is settled by the provider's own count", async () => {
    const chat = chatWith(model, [HELLO]);
    const events = await chat.say("hello");
    expect(textOf(events)).toBe("Hello, Ann 🙂.");
    expect(endOf(events)).toBe("completed");
    expect(chat.charged()).toEqual([
      {
        model,
        attempt: 0,
        input: USED.input - USED.cached,
        cache_read: USED.cached,
        output: USED.output,
        source: "provider",
      },
    ]);
    const limit = JSON.stringify(server.asked[0]?.body).match(
      /max_?(output_?|completion_)?tokens":(\d+)/i,
    )?.[2];
    expect(limit).toBe(String(LIMITS.stepMaxOutputTokens));
    if (dialect === "responses") expect(server.asked[0]?.body.store).toBe(false);
  });

  test("a tool is called and its result given back", async () => {
    const call = { name: "find_order", args: '{"order_number":"A-1001"}' };
    const chat = chatWith(model, [{ calls: [call] }, { text: ["It was shipped."] }]);
    const events = await chat.say("where is A-1001?");
    expect(events.find(({ type }) => type === "tool_result")).toMatchObject({ outcome: { ok: true } });
    expect(endOf(events)).toBe("completed");
    expect(JSON.stringify(server.asked[1]?.body)).toContain("shipped");
  });

  test.each([429, 500, 503, 529, 408])(
    "F13 F14 a status of %i before the first token is tried again, for nothing",
    async (status) => {
      const chat = chatWith(model, [{ status }, HELLO]);
      const events = await chat.say("hello");
      expect(textOf(events)).toBe("Hello, Ann 🙂.");
      expect(server.asked).toHaveLength(2);
      expect(chat.charged()).toMatchObject([{ attempt: 1, source: "provider" }]);
    },
  );

  test("F13 it is asked three times and no more; then nothing is held and nothing charged", async () => {
    const chat = chatWith(model, [BUSY]);
    const events = await chat.say("hello");
    expect(events.at(-1)).toMatchObject({
      code: "MODEL_FAILED",
      details: { reason: "rate_limited", status: 429 },
    });
    expect(server.asked).toHaveLength(LIMITS.modelMaxAttempts);
    expect([chat.held(), chat.charged()]).toEqual(["0", []]);
  });

  test("F14 a connection that breaks before the first token is tried again, for nothing", async () => {
    const chat = chatWith(model, [{ silent: true, ends: "cut" }, { after: 0, ends: "cut" }, HELLO]);
    const events = await chat.say("hello");
    expect(textOf(events)).toBe("Hello, Ann 🙂.");
    expect(chat.charged()).toMatchObject([{ attempt: 2, source: "provider" }]);
  });

  test.each([401, 403, 404])(
    "a status of %i is not tried again: the next of the chain is asked",
    async (status) => {
      const other = MODELS[dialect === "chat" ? "messages" : "chat"];
      const chat = chatWith(model, [{ status }, HELLO], { fallback: [other] });
      const events = await chat.say("hello");
      expect(textOf(events)).toBe("Hello, Ann 🙂.");
      expect(chat.charged()).toMatchObject([{ model: other, source: "provider" }]);
    },
  );

  test("a status of 400 is the end: it would be one anywhere", async () => {
    const chat = chatWith(model, [{ status: 400 }], { fallback: [MODELS.chat] });
    expect(endOf(await chat.say("hello"))).toBe("failed refused");
    expect(server.asked).toHaveLength(1);
  });

  test.each(["cut", "end"] as const)(
    "F15 after its text a stream that ends by %s keeps it and starts nothing anew",
    async (by) => {
      for (let pieces = 1; pieces <= 3; pieces += 1) {
        const after = FIRST_PIECE[dialect] + pieces - 1;
        const ends = by === "end" ? "end" : "hang";
        const chat = chatWith(model, [{ ...HELLO, after, ends }, { text: ["Again."] }]);
        const text = HELLO.text.slice(0, pieces).join("");
        let heard = "";
        const events = await chat.say("hello", (event) => {
          if (event.type !== "text") return;
          heard += event.delta;
          // Once it was heard, or what was on its way would be lost with the connection.
          if (by === "cut" && heard === text) server.cut();
        });
        expect(textOf(events)).toBe(text);
        expect(events.find(({ type }) => type === "step")).toMatchObject({ text, interrupted: true });
        expect(endOf(events)).toBe("failed MODEL_FAILED");
        expect(server.asked).toHaveLength(1);
        expect(chat.charged()).toMatchObject([{ model, source: "estimated" }]);
        expect(chat.held()).toBe("0");
      }
    },
  );

  test("F17 a model that sends no headers is left after 20 seconds, and asked again", async () => {
    const chat = chatWith(model, [{ silent: true }, HELLO]);
    const first = server.said(1);
    const said = chat.say("hello");
    await first;
    chat.time.advance(LIMITS.firstTokenTimeoutMs);
    expect(textOf(await said)).toBe("Hello, Ann 🙂.");
    expect(chat.charged()).toMatchObject([{ attempt: 1 }]);
  });

  test("a person's stop ends the wait for a second try at once", async () => {
    const stop = new AbortController();
    const chat = chatWith(model, [BUSY], {}, stop.signal);
    const { wait } = chat.deps;
    chat.deps.wait = (ms, until) => {
      if (ms >= LIMITS.firstTokenTimeoutMs) return wait(ms, until);
      return new Promise((resolve) => {
        until.addEventListener("abort", () => resolve(), { once: true });
        stop.abort();
      });
    };
    expect(endOf(await chat.say("hello"))).toBe("cancelled");
    expect(server.asked).toHaveLength(1);
    expect([chat.held(), chat.charged()]).toEqual(["0", []]);
  });

  test("a person's stop ends the wait for an answer that does not begin, and it is free", async () => {
    const stop = new AbortController();
    const chat = chatWith(model, [{ silent: true }], {}, stop.signal);
    const asked = server.said(1);
    const said = chat.say("hello");
    await asked;
    stop.abort();
    expect(endOf(await said)).toBe("cancelled");
    expect([chat.held(), chat.charged()]).toEqual(["0", []]);
  });

  test("a last frame without figures: the answer is whole, and charged by estimate", async () => {
    const chat = chatWith(model, [{ ...HELLO, usage: false }]);
    expect(endOf(await chat.say("hello"))).toBe("completed");
    expect(chat.charged()).toMatchObject([{ source: "estimated" }]);
  });

  test("F18 an answer without end is cut off at its bytes, kept, and the model left", async () => {
    const text = ["word ".repeat(40)];
    const chat = chatWith(model, [{ text, after: FIRST_PIECE[dialect], ends: "endless" }]);
    const events = await chat.say("hello");
    const step = events.find((event) => event.type === "step");
    expect(step).toMatchObject({ interrupted: true });
    const bytes = LIMITS.stepMaxOutputTokens * LIMITS.answerMaxBytesPerToken;
    expect(textOf(events)).toHaveLength(bytes);
    expect(chat.charged()).toMatchObject([{ output: LIMITS.stepMaxOutputTokens, source: "estimated" }]);
    expect(server.asked).toHaveLength(1);
  });

  test("F16 one huge piece is cut at the same bytes", async () => {
    const chat = chatWith(model, [{ text: ["x".repeat(3_000_000)] }]);
    const events = await chat.say("hello");
    expect(textOf(events)).toHaveLength(LIMITS.stepMaxOutputTokens * LIMITS.answerMaxBytesPerToken);
  });

  test("F19 an answer of nothing, and of blanks, is asked again; then it is an end of its own, without a bubble", async () => {
    for (const text of [[], [" \n", "\t "]]) {
      const chat = chatWith(model, [{ text }]);
      const events = await chat.say("hello");
      expect(textOf(events)).toBe("");
      expect(endOf(events)).toBe("failed empty");
      expect(events.some(({ type }) => type === "step")).toBe(false);
      // It said nothing, but it was no failure of the provider's: what it counts is paid.
      expect(chat.charged()).toHaveLength(LIMITS.modelMaxAttempts);
    }
  });

  test("F16 NUL and other control characters reach nobody", async () => {
    const chat = chatWith(model, [{ text: ["a\u0000b", "\u0007c\n", "d"] }]);
    const events = await chat.say("hello");
    expect(textOf(events)).toBe("abc\nd");
    expect(events.find(({ type }) => type === "step")).toMatchObject({ text: "abc\nd" });
  });

  test("F16 garbage instead of frames is a failure, not a crash; bytes that are no UTF-8 neither", async () => {
    const extra = ["data: {not json\n\n", "data: [1,2]\n\n", "\u0000\u0001\n\n"];
    const chat = chatWith(model, [{ after: 0, extra }, HELLO]);
    expect(textOf(await chat.say("hello"))).toBe("Hello, Ann 🙂.");
    const bytes = [new Uint8Array([0xff, 0xfe, 0x80, 0x0a, 0x0a])];
    const other = chatWith(model, [{ bytes }, HELLO]);
    expect(textOf(await other.say("hello"))).toBe("Hello, Ann 🙂.");
  });

  test("T49 what a provider complains of is said to nobody", async () => {
    const events = await chatWith(model, [{ status: 400 }]).say("hello");
    expect(JSON.stringify(events)).not.toContain("sk-");
  });
});

test("F13 retry-after is honoured in seconds and as a date, and too long a one is not waited for", async () => {
  const soon = { status: 429, headers: { "retry-after": "7" } };
  const chat = chatWith(MODELS.chat, [soon, HELLO]);
  await chat.say("hello");
  expect(chat.time.waits).toEqual([7_000]);

  const date = { status: 503, headers: { "retry-after": "Sun, 22 Nov 2026 00:00:04 GMT" } };
  const dated = chatWith(MODELS.chat, [date, HELLO]);
  await dated.say("hello");
  expect(dated.time.waits).toEqual([4_000]);

  const late = { status: 429, headers: { "retry-after": "3600" } };
  const left = chatWith(MODELS.chat, [late, HELLO], { fallback: [MODELS.messages] });
  expect(endOf(await left.say("hello"))).toBe("completed");
  expect(left.time.waits).toEqual([]);
  expect(left.charged()).toMatchObject([{ model: MODELS.messages }]);
});

test("a chain is asked in order, each model at its own price; the next step begins with the one that answered", async () => {
  const call = { name: "find_order", args: '{"order_number":"A-1001"}' };
  const answers = [BUSY, BUSY, BUSY, { calls: [call] }, { text: ["Shipped."] }];
  const chat = chatWith(MODELS.chat, answers, { fallback: [MODELS.messages, MODELS.responses] });
  expect(endOf(await chat.say("where is A-1001?"))).toBe("completed");
  expect(chat.charged()).toMatchObject([{ model: MODELS.messages }, { model: MODELS.messages }]);
  expect(server.asked).toHaveLength(5);
});

test("F17 a stream that stalls after its text keeps it", async () => {
  const chat = chatWith(MODELS.messages, [{ ...HELLO, after: 3, ends: "hang" }]);
  const events = await chat.say("hello", ({ type }) => {
    // The watch looks again once this piece is taken in.
    if (type === "text") setImmediate(() => chat.time.advance(LIMITS.betweenTokensTimeoutMs));
  });
  expect(textOf(events)).toBe("Hello, ");
  expect(endOf(events)).toBe("failed MODEL_FAILED");
});

test("F17 a model that stalls while it reasons is asked again, and both are paid", async () => {
  const reasons = { reasoning: ["Let me think about that for a while."], after: 3, ends: "hang" as const };
  const chat = chatWith(MODELS.messages, [reasons, HELLO]);
  const thought = chat.thought();
  const said = chat.say("hello");
  await thought;
  chat.time.advance(LIMITS.betweenTokensTimeoutMs);
  expect(textOf(await said)).toBe("Hello, Ann 🙂.");
  expect(chat.charged()).toMatchObject([
    { attempt: 0, output: 9, source: "estimated" },
    { attempt: 1, source: "provider" },
  ]);
});
