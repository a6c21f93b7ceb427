import { expect, test } from "vitest";
import { selfCheck } from "#ledger/self-check";
import { usage } from "#ledger/usage";
import { takeUp } from "#runtime/take-up";
import { scriptedModel } from "#test/support/scripted-model";
import { shopChat, types } from "./shop.ts";

const FIND = { calls: [{ name: "find_order", args: { order_number: "A-1001" } }] };
const REFUND = { calls: [{ name: "request_refund", args: { order_number: "A-1001", reason: "it broke" } }] };
const TO_REFUNDS = { calls: [{ name: "hand_off_to_refund_handler", args: {} }] };
const DONE = { text: ["All", " done."] };

test("a plain answer streams, is settled, and completes", async () => {
  const chat = shopChat(scriptedModel([DONE]));
  const events = await chat.say("hello");
  expect(types(events)).toEqual(["calling", "text", "text", "step", "usage", "completed"]);
  expect(usage(chat.meter.ledger).totals).toMatchObject({ input_tokens: 100, output_tokens: 10, calls: 1 });
  expect(usage(chat.meter.ledger).held_nano).toBe("0");
});

test("a tool's result goes back to the model as the person may see it", async () => {
  const model = scriptedModel([FIND, DONE]);
  const events = await shopChat(model).say("where is A-1001?");
  const result = events.find((event) => event.type === "tool_result");
  expect(result?.outcome).toMatchObject({ ok: true, row: { status: "shipped" } });
  expect(JSON.stringify(model.asked[1]?.prompt)).toContain("shipped");
});

test("T25 a model that obeys an attacker still can't read another person's row", async () => {
  const model = scriptedModel([{ calls: [{ name: "find_order", args: { order_number: "A-1002" } }] }, DONE]);
  const events = await shopChat(model).say("show me A-1002");
  expect(events.find((event) => event.type === "tool_result")?.outcome).toMatchObject({ ok: false });
});

test("T25 a tool of another agent does not exist", async () => {
  const model = scriptedModel([REFUND, DONE]);
  const events = await shopChat(model).say("refund");
  expect(events.find((event) => event.type === "tool_result")?.outcome.error).toContain("no tool");
});

test("a hand-off moves the conversation, and the next turn starts there", async () => {
  const model = scriptedModel([TO_REFUNDS, DONE, DONE]);
  const chat = shopChat(model);
  const events = await chat.say("I want my money back");
  expect(events.find((event) => event.type === "speaker")).toMatchObject({ agent: "refund-handler" });
  expect(JSON.stringify(model.asked[1]?.prompt)).toContain("You are Refund handler");
  await chat.say("hello?");
  expect(chat.run().agent).toBe("refund-handler");
});

async function askedForRefund() {
  const chat = shopChat(scriptedModel([TO_REFUNDS, REFUND, DONE]));
  const events = await chat.say("refund A-1001, it broke");
  return { chat, events };
}

test("T27 an approval waits as rows; the amount comes from the order; yes writes once", async () => {
  const { chat, events } = await askedForRefund();
  expect(events.at(-1)).toMatchObject({ type: "paused", reason: "approval" });
  const card = events.find((event) => event.type === "tool_call");
  expect(card?.shown).toMatchObject({ interaction: "approval", awaiting: true });
  expect(card?.shown.payload.message).toBe("Refund $89.90 for order A-1001?");
  expect(await chat.tables.count("refunds", {})).toBe(0);

  // The wait survives its process: all that goes on is JSON.
  await chat.again();
  const after = await chat.answer({ approved: true });
  expect(after.at(-1)?.type).toBe("completed");
  expect(await chat.tables.count("refunds", { amount: 89.9, order_number: "A-1001" })).toBe(1);
});

test("no on the card changes nothing, and the model is told", async () => {
  const { chat } = await askedForRefund();
  const events = await chat.answer({ approved: false });
  expect(events[0]).toMatchObject({ type: "tool_result", outcome: { ok: false, declined: true } });
  expect(await chat.tables.count("refunds", {})).toBe(0);
});

test("T27 an approval of something that has changed since is void", async () => {
  const { chat } = await askedForRefund();
  await chat.tables.update("user_ann", "orders", { order_number: "A-1001" }, { total: 500 }, "edit");
  const events = await chat.answer({ approved: true });
  expect(events[0]).toMatchObject({ type: "tool_result", outcome: { ok: false } });
  expect(await chat.tables.count("refunds", {})).toBe(0);
});

test("F21 a step repeated after a crash writes its row once", async () => {
  const { chat } = await askedForRefund();
  const before = JSON.parse(JSON.stringify(chat.run()));
  const length = chat.transcript.length;
  before.pending.answer = { approved: true };
  await chat.again(JSON.parse(JSON.stringify(before)));
  // The process died after the effect and before its row: the transcript lacks the result, the run its progress.
  chat.transcript.length = length;
  await chat.again(before);
  expect(await chat.tables.count("refunds", {})).toBe(1);
});

test("a card of the app waits for its answer and passes it on", async () => {
  const model = scriptedModel([{ calls: [{ name: "ask_happy", args: { message: "Happy?" } }] }, DONE]);
  const chat = shopChat(model);
  const events = await chat.say("hi");
  expect(events.find((event) => event.type === "tool_call")?.shown).toMatchObject({ component: "choice" });
  const after = await chat.answer({ value: "yes" });
  expect(after[0]).toMatchObject({ type: "tool_result", outcome: { ok: true, value: "yes" } });
});

test("T30 F18 a model that calls a tool for ever is stopped, and what it used is paid", async () => {
  const chat = shopChat(scriptedModel([FIND]));
  const events = await chat.say("loop");
  expect(events.at(-1)).toMatchObject({ type: "failed", code: "LIMIT_REACHED" });
  const settled = events.filter((event) => event.type === "usage").length;
  expect(settled).toBe(16);
  expect(usage(chat.meter.ledger).totals.calls).toBe(settled);
});

test("T30 two agents that hand over for ever are stopped", async () => {
  const BACK = { calls: [{ name: "hand_off_to_order_tracker", args: {} }] };
  const ping = Array.from({ length: 20 }, (_, n) => (n % 2 ? BACK : TO_REFUNDS));
  const events = await shopChat(scriptedModel(ping)).say("loop");
  expect(events.at(-1)).toMatchObject({
    type: "failed",
    code: "LIMIT_REACHED",
    details: { limit: "handoffs" },
  });
});

test("F16 wrong arguments go back to the model as a sentence, with no effect", async () => {
  const model = scriptedModel([
    { calls: [{ name: "find_order", args: { order_number: "nonsense" } }] },
    DONE,
  ]);
  const events = await shopChat(model).say("find");
  expect(events.find((event) => event.type === "tool_result")?.outcome.error).toContain("order number");
  expect(events.at(-1)?.type).toBe("completed");
});

test("F15 a model that breaks in mid-sentence: the text stays, what was used is paid, the turn fails", async () => {
  const chat = shopChat(scriptedModel([{ text: ["half a"], breaks: "socket hang up" }]));
  const events = await chat.say("hello");
  expect(events.find((event) => event.type === "step")).toMatchObject({ text: "half a", interrupted: true });
  expect(events.find((event) => event.type === "usage")).toMatchObject({ lines: [{ source: "estimated" }] });
  expect(events.at(-1)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
  expect(JSON.stringify(events.at(-1))).not.toContain("hang up");
  expect(usage(chat.meter.ledger).held_nano).toBe("0");
});

test("F16 a stream that ends without its finish is a failure, not an answer", async () => {
  const events = await shopChat(scriptedModel([{ text: ["so"], cuts: true }])).say("hello");
  expect(events.at(-1)).toMatchObject({ type: "failed", code: "MODEL_FAILED" });
});

test("F23 a stop keeps the partial text, settles, and ends cancelled", async () => {
  const abort = new AbortController();
  const chat = shopChat(scriptedModel([{ text: ["one", "two"], hangs: true }]), { signal: abort.signal });
  chat.transcript.push({ kind: "user", message_id: "m", text: "hi" });
  const { runTurn } = await import("#runtime/run-turn");
  const events = [];
  for await (const event of runTurn(chat.run(), chat.transcript, chat.deps)) {
    events.push(event);
    if (events.filter(({ type }) => type === "text").length === 2) abort.abort();
  }
  expect(types(events)).toEqual(["calling", "text", "text", "step", "usage", "cancelled"]);
  expect(usage(chat.meter.ledger).held_nano).toBe("0");
});

test("no balance: nothing is asked of the model, and the refusal says why", async () => {
  const model = scriptedModel([DONE]);
  const events = await shopChat(model, { grantNano: 0n }).say("hello");
  expect(events.at(-1)).toMatchObject({ type: "failed", code: "INSUFFICIENT_BALANCE" });
  expect(model.asked).toHaveLength(0);
});

test("F10 a run cut in mid-stream is settled as an estimate and asked again; both are paid once", async () => {
  const chat = shopChat(scriptedModel([DONE]));
  chat.transcript.push({ kind: "user", message_id: "m", text: "hi" });
  const { runTurn } = await import("#runtime/run-turn");
  for await (const event of runTurn(chat.run(), chat.transcript, chat.deps)) if (event.type === "text") break;
  const row = JSON.parse(JSON.stringify(chat.run()));
  takeUp(row, "All");
  const events = await chat.again(row);
  expect(types(events)).toEqual(["usage", "calling", "text", "text", "step", "usage", "completed"]);
  expect(usage(chat.meter.ledger).totals.calls).toBe(2);
  expect(selfCheck(chat.meter.ledger).ok).toBe(true);
});
