import { beforeAll, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { openEvents } from "#test/support/event-stream";
import { type Desk, LENDING, openDesk } from "#test/workers/chat-session/desk";
import { type Answer, call, codeOf, type Person, signUp } from "./client.ts";

let desk: Desk;
let eve: Person;
beforeAll(async () => {
  desk = await openDesk();
  eve = await signUp();
});

const chatPath = (chatId: string, userId = desk.owner.user_id) =>
  `/chat/${desk.enterprise_id}/${chatId}/${userId}`;
const events = (chatId: string) => `/api/chats/${desk.enterprise_id}/${chatId}/events`;
const says = (message: string, more: Record<string, unknown> = {}) => ({
  token: desk.owner.token,
  json: { message, workflow_name: LENDING.name, ...more },
});

/** Waits for the end of the run that comes of it; its frames. */
async function comesOf(
  chatId: string,
  answer: Answer,
): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { last_seq } = answer.body as { last_seq: number };
  const stream = await openEvents(`${events(chatId)}?after=${last_seq}`, desk.owner);
  const frames = [];
  for (let event = await stream.next(); event; event = await stream.next()) {
    const frame = JSON.parse(event.data);
    frames.push(frame);
    if (frame.type === "chat.run_complete" && frame.seq > last_seq) break;
  }
  await stream.leave();
  return frames;
}

test("an input makes the chat if there is none, and what comes of it stands after `last_seq`", async () => {
  const answer = await call(`${chatPath("mine-1")}/input`, says("Where is tool T-101?"));
  expect(answer.status).toBe(202);
  expect(answer.body).toMatchObject({ success: true, chat_id: "mine-1", last_seq: 0, repeated: false });
  const frames = await comesOf("mine-1", answer);
  expect(JSON.stringify(frames)).toContain("Hammer drill");
});

test("the same client_message_id, or the same Idempotency-Key, is one message", async () => {
  const json = { client_message_id: "c-1" };
  const first = await call(`${chatPath("mine-2")}/input`, says("hello", json));
  const again = await call(`${chatPath("mine-2")}/input`, says("hello", json));
  expect(again.body).toEqual({ ...(first.body as object), repeated: true });
  const headers = { "idempotency-key": "k-1" };
  const keyed = await call(`${chatPath("mine-2")}/input`, { ...says("hi"), headers });
  const repeat = await call(`${chatPath("mine-2")}/input`, { ...says("hi"), headers });
  expect(repeat.body).toEqual(keyed.body);
  const other = await call(`${chatPath("mine-2")}/input`, { ...says("other"), headers });
  expect(codeOf(other)).toBe("IDEMPOTENCY_MISMATCH");
  await comesOf("mine-2", keyed);
  const log = await call(events("mine-2"), desk.owner);
  const { items } = log.body as { items: { type: string; data: { role?: string } }[] };
  expect(items.filter(({ type, data }) => type === "chat.text" && data.role === "user")).toHaveLength(2);
});

test("T01 T02 T03 another's chat, another's name and another workflow's path are 404, and nothing is said", async () => {
  await call(`${chatPath("mine-3")}/input`, says("hello"));
  const asEve = await call(`${chatPath("mine-3", eve.user_id)}/input`, { ...says("hi"), token: eve.token });
  const asOther = await call(`${chatPath("mine-3", eve.user_id)}/input`, says("hi"));
  const wrong = await call(`${chatPath("mine-3")}/input`, says("hi", { workflow_name: "greeter" }));
  expect([asEve, asOther, wrong].map(codeOf)).toEqual(["NOT_FOUND", "NOT_FOUND", "NOT_FOUND"]);
  for (const [what, json] of [
    ["cancel", {}],
    ["feedback", { message_id: "m", value: "up" }],
  ] as const)
    expect(codeOf(await call(`${chatPath("mine-3", eve.user_id)}/${what}`, { token: eve.token, json }))).toBe(
      "NOT_FOUND",
    );
  const log = await call(events("mine-3"), desk.owner);
  expect(JSON.stringify(log.body)).not.toContain('"hi"');
});

test("T27 a card is answered over HTTP: what does not fit is 422 and may be sent again, the first answer wins", async () => {
  const asked = await call(`${chatPath("mine-4")}/input`, says("I want to borrow tool T-101"));
  const card = (await comesOf("mine-4", asked)).find(({ type }) => type === "chat.tool_call");
  const ids = { enterprise_id: desk.enterprise_id, chat_id: "mine-4" };
  const respond = (json: Record<string, unknown>, token = desk.owner.token) =>
    call("/api/tool-call/respond", { token, json: { ...ids, ...json } });
  const event_id = String(card?.data.tool_call_id);
  const unfit = await respond({ event_id, response_data: { approved: "maybe" } });
  expect({ status: unfit.status, code: codeOf(unfit) }).toEqual({ status: 422, code: "ANSWER_REFUSED" });
  expect(codeOf(await respond({ event_id: "other", response_data: {} }))).toBe("NOT_FOUND");
  expect(codeOf(await respond({ event_id, response_data: { approved: true } }, eve.token))).toBe("NOT_FOUND");
  const unnamed = await call("/api/tool-call/respond", {
    token: desk.owner.token,
    json: { event_id, response_data: { approved: true } },
  });
  expect(codeOf(unnamed)).toBe("BAD_REQUEST");

  const minted = await call("/api/chats/token", { token: desk.owner.token, json: ids });
  const { access_token } = minted.body as { access_token: string };
  const good = await call("/api/tool-call/respond", {
    token: access_token,
    json: { event_id, response_data: { approved: true } },
  });
  expect(good.body).toMatchObject({ success: true, status: "accepted", tool_call_id: event_id });
  expect(JSON.stringify(await comesOf("mine-4", good))).toContain("L-");
  const repeat = await respond({ event_id, response_data: { approved: false } });
  expect(repeat.body).toMatchObject({ status: "accepted" });
});

test("what is too much for the queue is 429: so many messages wait for an operator, and no more", async () => {
  const at = chatPath("mine-5");
  await call(`${at}/input`, says("hello"));
  const operator = `/api/apps/${desk.enterprise_id}/chats/mine-5/operator`;
  const joined = await call(`${operator}/join`, { token: desk.owner.token, json: {} });
  expect(joined.status).toBe(200);
  for (let n = 0; n < LIMITS.queuedInputsPerChat; n += 1)
    expect((await call(`${at}/input`, says(`hello ${n}`))).status).toBe(202);
  const refused = await call(`${at}/input`, says("one more"));
  expect([refused.status, codeOf(refused)]).toEqual([429, "RATE_LIMITED"]);
});

test("feedback and cancel: a message that is there, a run that is going on; else 404", async () => {
  const answer = await call(`${chatPath("mine-6")}/input`, says("Where is tool T-101?"));
  const end = (await comesOf("mine-6", answer)).find(({ type }) => type === "chat.stream_end");
  const rate = (message_id: unknown) =>
    call(`${chatPath("mine-6")}/feedback`, { token: desk.owner.token, json: { message_id, value: "up" } });
  expect((await rate(end?.data.message_id)).status).toBe(200);
  expect(codeOf(await rate("none"))).toBe("NOT_FOUND");
  const idle = await call(`${chatPath("mine-6")}/cancel`, { token: desk.owner.token, json: {} });
  expect(codeOf(idle)).toBe("NOT_FOUND");
  const asked = await call(`${chatPath("mine-6")}/input`, says("I want to borrow tool T-101"));
  await comesOf("mine-6", asked);
  const stopped = await call(`${chatPath("mine-6")}/cancel`, { token: desk.owner.token, json: {} });
  expect(stopped.status).toBe(202);
  const log = await call(
    `${events("mine-6")}?after=${(asked.body as { last_seq: number }).last_seq}`,
    desk.owner,
  );
  expect(JSON.stringify(log.body)).toContain('"cancelled"');
});
