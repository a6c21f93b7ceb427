import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import { openEvents } from "#test/support/event-stream";
import { openDesk, startChat } from "#test/workers/chat-session/desk";
import { call, codeOf, type Person, signUp } from "./client.ts";

let desk: Awaited<ReturnType<typeof openDesk>>;
let eve: Person;
beforeAll(async () => {
  desk = await openDesk();
  eve = await signUp();
});

type Stream = Awaited<ReturnType<typeof openEvents>>;
const eventsOf = (chatId: string) => `/api/chats/${desk.enterprise_id}/${chatId}/events`;

async function until(stream: Stream, type: string): Promise<{ id: string | null; frame: DownFrame }[]> {
  const seen: { id: string | null; frame: DownFrame }[] = [];
  for (;;) {
    const event = await stream.next();
    if (!event) throw new Error(`ended before ${type}`);
    const frame = JSON.parse(event.data) as DownFrame;
    seen.push({ id: event.id, frame });
    if (frame.type === type) return seen;
  }
}

test("a stream tells the log, then what comes, each frame once with its seq as id", async () => {
  const { chat_id, tab } = await startChat(desk);
  await tab.say("Where is tool T-101?");
  const stream = await openEvents(eventsOf(chat_id), desk.owner);
  expect(stream.response.headers.get("content-type")).toContain("text/event-stream");
  const history = await until(stream, "chat.resume_boundary");
  const live = tab.say("Thank you");
  const rest = await until(stream, "chat.run_complete");
  await live;
  const all = [...history, ...rest];
  expect(all[0]).toMatchObject({ id: null, frame: { type: "chat_meta" } });
  for (const { id, frame } of all) expect(id).toBe(frame.seq === undefined ? null : String(frame.seq));
  const numbered = (frames: DownFrame[]) =>
    frames
      .filter(({ seq, type }) => seq !== undefined && type !== "chat.stream_chunk")
      .map((it) => JSON.stringify(it));
  // What a later one replaced (the summary) is in the tab's memory still.
  const streamed = new Set(numbered(all.map(({ frame }) => frame)));
  expect(streamed.size).toBe(numbered(all.map(({ frame }) => frame)).length);
  const socket = await (await import("#test/support/chat-client")).openTab(
    `/ws/tool-lending/${desk.enterprise_id}/${chat_id}/${desk.owner.user_id}`,
    desk.owner,
  );
  for (const frame of numbered(socket.frames)) expect(streamed).toContain(frame);
  await stream.leave();
  socket.close();
  tab.close();
});

test("F01 a client that drops at any frame resumes by Last-Event-ID: nothing lost, nothing twice", async () => {
  const { chat_id, tab } = await startChat(desk);
  await tab.say("Where is tool T-101?");
  tab.close();
  const whole = await openEvents(eventsOf(chat_id), desk.owner);
  const log = (await until(whole, "chat.resume_boundary")).filter(({ id }) => id !== null);
  await whole.leave();
  for (let cut = 0; cut < log.length; cut += 1) {
    const headers = { "last-event-id": String(log[cut]?.id) };
    const rest = await openEvents(eventsOf(chat_id), { token: desk.owner.token, headers });
    const after = (await until(rest, "chat.resume_boundary")).filter(({ id }) => id !== null);
    expect(after).toEqual(log.slice(cut + 1));
    await rest.leave();
  }
});

test("F31 a reader that does not read costs nothing and still gets the whole text, byte for byte", async () => {
  const { chat_id, tab } = await startChat(desk);
  const slow = await openEvents(eventsOf(chat_id), desk.owner);
  await slow.next();
  const frames = await tab.say("Where is tool T-101?");
  const end = frames.find(({ type }) => type === "chat.stream_end");
  const got = await until(slow, "chat.run_complete");
  expect(got.map(({ frame }) => frame)).toContainEqual(end);
  await slow.leave();
  tab.close();
});

test("T01 T02 T04 nobody, another tenant's and a forged token get what they get for a chat that is not there", async () => {
  const { chat_id, tab } = await startChat(desk);
  tab.close();
  const path = eventsOf(chat_id);
  expect((await openEvents(path)).status).toBe(401);
  const [theirs, none] = await Promise.all([openEvents(path, eve), openEvents(eventsOf("none"), eve)]);
  expect([theirs.status, none.status]).toEqual([404, 404]);
  const token = await call("/api/chats/token", {
    token: desk.owner.token,
    json: { enterprise_id: desk.enterprise_id, chat_id },
  });
  const { access_token } = token.body as { access_token: string };
  const read = await openEvents(`${path}?access_token=${access_token}`);
  expect(read.status).toBe(200);
  await read.leave();
  const other = await startChat(desk);
  other.tab.close();
  expect((await openEvents(`${eventsOf(other.chat_id)}?access_token=${access_token}`)).status).toBe(404);
  expect((await openEvents(`${path}?access_token=a.b.c`)).status).toBe(401);
});

test("a bad Last-Event-ID, an unknown dialect and AG-UI as JSON are 400", async () => {
  const { chat_id, tab } = await startChat(desk);
  tab.close();
  const headers = { "last-event-id": "../1", accept: "text/event-stream" };
  expect(codeOf(await call(eventsOf(chat_id), { token: desk.owner.token, headers }))).toBe("BAD_REQUEST");
  for (const dialect of ["nonsense", "ag-ui"])
    expect(codeOf(await call(`${eventsOf(chat_id)}?dialect=${dialect}`, desk.owner))).toBe("BAD_REQUEST");
});

test("an end user's stream shows no cost and no balance, in no dialect, live or from the log", async () => {
  const guest = await signUp({ prefix: `/a/${desk.slug}` });
  const path = `/a/${desk.slug}/chat/${desk.enterprise_id}/guest-1/${guest.user_id}/input`;
  const json = { message: "Where is tool T-101?", workflow_name: "tool-lending" };
  for (const dialect of ["ui-message", "ag-ui"]) {
    const stream = await openEvents(`${path}?dialect=${dialect}`, { token: guest.token, json });
    const said = JSON.stringify(await stream.all());
    expect(said).toContain("total_tokens");
    expect(said).not.toMatch(/cost_|balance_/);
  }
  const log = await openEvents(`/a/${desk.slug}${eventsOf("guest-1")}`, guest);
  expect(JSON.stringify(await until(log, "chat.resume_boundary"))).not.toMatch(/cost_|balance_/);
  await log.leave();
  const own = await startChat(desk);
  await own.tab.say("Where is tool T-101?");
  own.tab.close();
  const member = await openEvents(eventsOf(own.chat_id), desk.owner);
  expect(JSON.stringify(await until(member, "chat.resume_boundary"))).toMatch(/cost_nano.*balance_nano/);
  await member.leave();
});

test("no more than so many read one chat at once; who leaves makes room", async () => {
  const { chat_id, tab } = await startChat(desk);
  tab.close();
  const all = [];
  for (let n = 0; n < LIMITS.streamsPerChat; n += 1)
    all.push(await openEvents(eventsOf(chat_id), desk.owner));
  expect((await openEvents(eventsOf(chat_id), desk.owner)).status).toBe(429);
  await all[0]?.leave();
  let again = await openEvents(eventsOf(chat_id), desk.owner);
  for (let n = 0; n < 50 && again.status === 429; n += 1)
    again = await openEvents(eventsOf(chat_id), desk.owner);
  expect(again.status).toBe(200);
  for (const stream of [...all.slice(1), again]) await stream.leave();
});

test("F10 after an eviction a client resumes by Last-Event-ID as before it", async () => {
  const { chat_id, tab } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  const stream = await openEvents(eventsOf(chat_id), desk.owner);
  const before = (await until(stream, "chat.resume_boundary")).filter(({ id }) => id !== null);
  await stream.leave();
  await evictDurableObject(env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chat_id}`));
  const headers = { "last-event-id": String(before.at(-2)?.id) };
  const after = await openEvents(eventsOf(chat_id), { token: desk.owner.token, headers });
  expect((await until(after, "chat.resume_boundary")).filter(({ id }) => id !== null)).toEqual(
    before.slice(-1),
  );
  await after.leave();
});
