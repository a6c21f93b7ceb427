import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { ReserveAsk } from "#ledger/types";
import type { Usage } from "#protocol/api/usage";
import { downFrame } from "#protocol/frames/down";
import { newRun } from "#runtime/run-state";
import { dataOf, type Tab, textOf } from "#test/support/chat-client";
import { keptTabs } from "#test/support/kept-tabs";
import { call } from "#test/workers/gateway/client";
import { type Desk, openDesk, startChat } from "./desk.ts";

let desk: Desk;
const { tabs, joinAs } = keptTabs();

beforeAll(async () => {
  desk = await openDesk();
});

async function chat() {
  const started = await startChat(desk);
  tabs.push(started.tab);
  return started;
}
const join = (path: string, after?: number) => joinAs(desk.owner, path, after);
async function events(chatId: string, after = -1) {
  const path = `/api/chats/${desk.enterprise_id}/${chatId}/events?after=${after}`;
  return (await call(path, { token: desk.owner.token })).body as { items: { seq: number }[] };
}
async function usage(): Promise<Usage> {
  return (await call(`/api/app/usage/${desk.enterprise_id}`, { token: desk.owner.token })).body as Usage;
}

test("a turn is logged, streamed, metered and completed, and every frame fits the published schema", async () => {
  const { tab, chat_id } = await chat();
  const turn = await tab.say("Where is tool T-101?");
  expect(textOf(turn)).toContain("B4");
  for (const frame of tab.frames) expect(downFrame.safeParse(frame).error).toBeUndefined();
  const order = turn.filter(({ seq }) => seq !== undefined).map(({ type }) => type);
  expect(order[0]).toBe("chat.text");
  expect(order[1]).toBe("chat.run_start");
  expect(order.at(-1)).toBe("chat.run_complete");

  const spent = dataOf(turn, "chat.usage_delta").reduce(
    (sum, { cost_nano }) => sum + BigInt(cost_nano ?? 0),
    0n,
  );
  const mine = (await usage()).by_chat.find(({ key }) => key === chat_id);
  expect(spent).toBeGreaterThan(0n);
  expect(mine?.cost_nano).toBe(String(spent));
});

test("seq starts at 0 and rises; what comes after n is the log beyond n, the same on socket and HTTP", async () => {
  const { tab, path, chat_id } = await chat();
  await tab.say("Where is tool T-101?");
  const log = (await events(chat_id)).items;
  expect(log[0]?.seq).toBe(0);
  for (let i = 1; i < log.length; i += 1) expect(log[i]!.seq).toBeGreaterThan(log[i - 1]!.seq);
  for (const { seq } of log) {
    const late = await join(path, seq);
    expect(late.frames.filter((frame) => frame.seq !== undefined)).toEqual(
      log.filter((row) => row.seq > seq),
    );
  }
});

test("a finished message stands once in the log, whole, without its chunks", async () => {
  const { tab, path } = await chat();
  const turn = await tab.say("Where is tool T-101?");
  const streamed = dataOf(turn, "chat.stream_chunk")
    .map(({ content }) => content)
    .join("");
  expect(streamed).toBe(textOf(turn));
  const late = await join(path);
  expect(dataOf(late.frames, "chat.stream_chunk")).toEqual([]);
  expect(textOf(late.frames)).toBe(streamed);
});

test("the first frame of a chat shows the app as its owner has it look, before anything was said", async () => {
  const branding = { primary_color: "#123456" };
  const at = `/api/apps/${desk.enterprise_id}`;
  await call(at, { method: "PATCH", token: desk.owner.token, json: { branding } });
  const { tab } = await chat();
  expect(dataOf(tab.frames, "chat_meta")[0]?.branding).toEqual(branding);
});

test("F06 two tabs of a chat get the same frames", async () => {
  const { tab, path } = await chat();
  const other = await join(path);
  await tab.say("Where is tool T-101?");
  await other.until(({ type }) => type === "chat.run_complete");
  const logged = (frames: Tab["frames"]) => frames.filter(({ seq }) => seq !== undefined);
  expect(logged(other.frames)).toEqual(logged(tab.frames));
});

test("F04 the same message sent twice is one message and one run", async () => {
  const { tab, chat_id } = await chat();
  await tab.say("Where is tool T-101?", { client_message_id: "m-1" });
  tab.send("user.input.submit", { text: "Where is tool T-101?", client_message_id: "m-1" });
  await tab.until((frame) => frame.type === "chat.input_ack", tab.frames.length);
  const acks = dataOf(tab.frames, "chat.input_ack");
  expect(acks[0]?.message_id).toBe(acks[1]?.message_id);
  const log = (await events(chat_id)).items as unknown as Tab["frames"];
  expect(dataOf(log, "chat.run_start")).toHaveLength(1);
});

test("messages sent during a run are acknowledged at once and run in order, one run each", async () => {
  const { tab } = await chat();
  for (const id of ["a", "b", "c"])
    tab.send("user.input.submit", { text: `hello ${id}`, client_message_id: id });
  await tab.until(() => dataOf(tab.frames, "chat.run_complete").length === 3);
  expect(dataOf(tab.frames, "chat.input_ack").map((ack) => ack.client_message_id)).toEqual(["a", "b", "c"]);
  const runs = dataOf(tab.frames, "chat.run_start").map(({ run_id }) => run_id);
  expect(new Set(runs).size).toBe(3);
  expect(dataOf(tab.frames, "chat.run_complete").map(({ run_id }) => run_id)).toEqual(runs);
});

test("F09 an evicted chat keeps its sockets and goes on where it was", async () => {
  const { tab, chat_id } = await chat();
  const before = await tab.say("Where is tool T-101?");
  await evictDurableObject(env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chat_id}`));
  const after = await tab.say("I want to borrow it");
  expect(after.find(({ seq }) => seq !== undefined)?.seq).toBe((before.at(-1)?.seq ?? 0) + 1);
  expect(dataOf(after, "chat.tool_call").at(-1)).toMatchObject({
    awaiting_response: true,
    payload: { message: "Borrow Hammer drill?" },
  });
});

test("F10 a run whose process died in mid-sentence is paid, marked, and finished when the chat wakes", async () => {
  const { tab, path, chat_id } = await chat();
  await tab.say("hello");
  tab.close();
  const at = { workflow: "tool-lending", agent: "lender" };
  const call_id = "run_cut/0/0";
  const asked: ReserveAsk = {
    ...at,
    call_id,
    run_id: "run_cut",
    chat_id,
    user_id: desk.owner.user_id,
    model: "offline/mozaiks-1",
    input_upper: 40,
    max_output: 100,
    ttl_ms: 60_000,
  };
  // What a killed process leaves: the message, a run under way with its call, and a piece of its answer.
  const object = env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chat_id}`);
  await runInDurableObject(object, (_, { storage: { sql } }) => {
    const run = {
      ...newRun("run_cut", at),
      calling: { call_id, model: "offline/mozaiks-1", input_tokens: 40 },
    };
    const entry = { kind: "user", message_id: "msg_cut", text: "Where is tool T-101?" };
    const chunk = {
      type: "chat.stream_chunk",
      data: { stream_id: "str_cut", chunk_seq: 0, content: "Look" },
    };
    sql.exec("INSERT INTO entries (entry) VALUES (?)", JSON.stringify(entry));
    sql.exec(
      "INSERT INTO runs (run_id, n, status, state) SELECT 'run_cut', max(n) + 1, 'running', ? FROM runs",
      JSON.stringify(run),
    );
    sql.exec(
      `INSERT INTO lease_calls (call_id, ask, price_version, max_output, worst_nano, checkpoint, opened_at, state)
       VALUES (?, ?, '100000/25000/100000/400000/400000', 100, 44000, ?, 0, 'open')`,
      call_id,
      JSON.stringify(asked),
      JSON.stringify({ input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 }),
    );
    sql.exec(
      "INSERT INTO log SELECT max(seq) + 1, 'chat.stream_chunk', 'str_cut', ? FROM log",
      JSON.stringify({ ...chunk, schema_version: "v", timestamp: new Date(0).toISOString() }),
    );
  });
  await evictDurableObject(object);

  const late = await join(path);
  await late.until((frame) => frame.type === "chat.run_complete" && frame.data.run_id === "run_cut");
  const said = dataOf(late.frames, "chat.stream_end");
  expect(said.find(({ stream_id }) => stream_id === "str_cut")).toMatchObject({
    content: "Look",
    interrupted: true,
  });
  expect(said.at(-1)?.content).toContain("B4");
  expect(dataOf(late.frames, "chat.run_complete").at(-1)?.status).toBe("completed");
  const deltas = dataOf(late.frames, "chat.usage_delta");
  expect(deltas.some(({ source }) => source === "estimated")).toBe(true);
  const spent = deltas.reduce((sum, { cost_nano }) => sum + BigInt(cost_nano ?? 0), 0n);
  expect((await usage()).by_chat.find(({ key }) => key === chat_id)?.cost_nano).toBe(String(spent));
});

async function askedToBorrow() {
  const started = await chat();
  const frames = await started.tab.say("I want to borrow tool T-101");
  const card = dataOf(frames, "chat.tool_call").find(({ awaiting_response }) => awaiting_response);
  if (!card) throw new Error(`no card: ${textOf(frames)}`);
  return { ...started, frames, card };
}

test("a card pauses the run; an answer that doesn't fit may be sent again; yes resumes the same run", async () => {
  const { tab, card, frames } = await askedToBorrow();
  expect(dataOf(frames, "chat.awaiting_reply")).toEqual([
    { reason: "approval", tool_call_id: card.tool_call_id },
  ]);
  expect(dataOf(frames, "chat.run_complete")[0]?.status).toBe("paused");

  const from = tab.frames.length;
  tab.send("tool_call_response", { tool_call_id: card.tool_call_id, response: { approved: "maybe" } });
  const ack = await tab.until(({ type }) => type === "ack.tool_call_response", from);
  expect(ack.data).toMatchObject({ status: "rejected" });

  const after = await tab.answer(card.tool_call_id, { approved: true });
  expect(dataOf(after, "chat.run_start")[0]?.run_id).toBe(dataOf(frames, "chat.run_start")[0]?.run_id);
  expect(dataOf(after, "chat.tool_response")[0]).toMatchObject({ status: "ok", success: true });
  expect(dataOf(after, "chat.run_complete")[0]?.status).toBe("completed");

  const again = tab.frames.length;
  tab.send("tool_call_response", { tool_call_id: card.tool_call_id, response: { approved: true } });
  expect((await tab.until(({ type }) => type === "ack.tool_call_response", again)).data).toMatchObject({
    status: "accepted",
  });
});

test("T27 an answer to a card that is not there is rejected", async () => {
  // Also while another one waits, and that one waits on.
  for (const { tab } of [await chat(), await askedToBorrow()]) {
    const from = tab.frames.length;
    tab.send("tool_call_response", { tool_call_id: "call_none", response: { approved: true } });
    const ack = await tab.until(({ type }) => type === "ack.tool_call_response", from);
    expect(ack.data).toMatchObject({ status: "rejected" });
  }
});

test("new text while a card waits dismisses the card", async () => {
  const { tab, card } = await askedToBorrow();
  const after = await tab.say("Where is tool T-101?");
  expect(dataOf(after, "chat.tool_response")[0]).toMatchObject({
    tool_call_id: card.tool_call_id,
    status: "dismissed",
  });
  const from = tab.frames.length;
  tab.send("tool_call_response", { tool_call_id: card.tool_call_id, response: { approved: true } });
  const ack = await tab.until(({ type }) => type === "ack.tool_call_response", from);
  expect(ack.data).toMatchObject({ status: "rejected" });
});

test("F23 a stop ends a run that waits, and the chat goes on", async () => {
  const { tab } = await askedToBorrow();
  const from = tab.frames.length;
  tab.send("chat.cancel", {});
  const end = await tab.until(({ type }) => type === "chat.run_complete", from);
  expect(end.data).toMatchObject({ status: "cancelled" });
  expect(textOf(await tab.say("Where is tool T-101?"))).toContain("B4");
});

test("T61 F29 F30 bad frames are answered on their own socket, which stays open", async () => {
  const { tab } = await chat();
  const bad: [string | ArrayBuffer, string][] = [
    ["{", "BAD_JSON"],
    ["[]", "BAD_FRAME"],
    [new ArrayBuffer(8), "BAD_FRAME"],
    ['{"type":"nope"}', "UNKNOWN_FRAME"],
    ['{"type":"user.input.submit","data":{}}', "BAD_FRAME"],
    ['{"type":"user.input.submit","data":{"text":7}}', "BAD_FRAME"],
    ['{"type":"user.input.submit","data":{"text":"   "}}', "BAD_FRAME"],
    [JSON.stringify({ type: "user.input.submit", data: { text: "x".repeat(20_001) } }), "BAD_FRAME"],
    [JSON.stringify({ type: "user.input.submit", data: { text: "x".repeat(40_000) } }), "TOO_LARGE"],
    ['{"type":"user.input.submit","data":{"text":"hi","chat_id":"chat_other"}}', "NOT_FOUND"],
    ['{"type":"client.resume","data":{"last_seq":"x"}}', "BAD_FRAME"],
    ['{"type":"chat.feedback","data":{"message_id":"m","value":"meh"}}', "BAD_FRAME"],
  ];
  for (const [frame, code] of bad) {
    const from = tab.frames.length;
    tab.sendRaw(frame);
    const error = await tab.until(({ type }) => type === "chat.error", from);
    expect(error.data).toMatchObject({ code, error_code: code });
    expect(error.seq).toBeUndefined();
  }
  expect(dataOf(tab.frames, "chat.text")).toEqual([]);
  expect(textOf(await tab.say("Where is tool T-101?"))).toContain("B4");
});

test("fields may stand at the top level, and client.resume replays on the same socket", async () => {
  const { tab } = await chat();
  tab.sendRaw('{"type":"user.input.submit","text":"Where is tool T-101?"}');
  await tab.until(({ type }) => type === "chat.run_complete");
  const from = tab.frames.length;
  tab.send("client.resume", { last_seq: 0 });
  const boundary = await tab.until(({ type }) => type === "chat.resume_boundary", from);
  expect(boundary.data).toMatchObject({ total_messages: 2 });
  expect(tab.frames.slice(from).map(({ seq }) => seq)).not.toContain(0);
});
