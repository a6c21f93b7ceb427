import { evictDurableObject, listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import { dataOf, type Tab, textOf } from "#test/support/chat-client";
import { keptTabs } from "#test/support/kept-tabs";
import { placeOfChat } from "#workers/chat-session/chat-session-for";
import { compose } from "#workers/compose";
import { noteOpenChat } from "#workers/rate-limiter/limit";
import { type Desk, openDesk, startChat } from "./desk.ts";

let desk: Desk;
const { tabs, joinAs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
});

const join = (path: string, after?: number) => joinAs(desk.owner, path, after);
function objectOf(chatId: string) {
  return env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chatId}`);
}
const logged = (frames: readonly DownFrame[]) => frames.filter(({ seq }) => seq !== undefined);

/** A chat with a log of this many rows of about a kilobyte. */
async function longChat(rows: number) {
  const { tab, path, chat_id } = await startChat(desk);
  tab.close();
  await runInDurableObject(objectOf(chat_id), (_, { storage: { sql } }) => {
    for (let n = 0; n < rows; n += 1) {
      const data = { message_id: `old_${n}`, role: "user", content: "x".repeat(1_000) };
      const frame = { type: "chat.text", data, schema_version: "v", timestamp: new Date(0).toISOString() };
      sql.exec(
        "INSERT INTO log (seq, type, frame) SELECT coalesce(max(seq), -1) + 1, 'chat.text', json_set(?, '$.seq', coalesce(max(seq), -1) + 1) FROM log",
        JSON.stringify(frame),
      );
    }
  });
  await evictDurableObject(objectOf(chat_id));
  return { path, chat_id };
}

/** Asks again while told that there is more. @returns how often */
async function readOn(tab: Tab): Promise<number> {
  for (let asked = 0; ; asked += 1) {
    const boundary = dataOf(tab.frames, "chat.resume_boundary").at(-1);
    if (!boundary?.gap) return asked;
    const from = tab.frames.length;
    tab.send("client.resume", { last_seq: logged(tab.frames).at(-1)?.seq ?? -1 });
    await tab.until(({ type }) => type === "chat.resume_boundary", from);
  }
}

test("F31 a long log comes in windows: told to ask again, the client has it whole, in order, once", async () => {
  const { path } = await longChat(1_000);
  const tab = await join(path);
  const first = logged(tab.frames);
  expect(JSON.stringify(first).length).toBeLessThan(LIMITS.replayWindowBytes + 4_096);
  expect(dataOf(tab.frames, "chat.resume_boundary")[0]).toMatchObject({
    gap: true,
    last_seq: first.at(-1)?.seq,
    total_messages: 1_000,
  });
  expect(await readOn(tab)).toBeGreaterThan(3);
  expect(logged(tab.frames).map(({ seq }) => seq)).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
});

test("F31 who lacks a part of the log gets no live frames, whose numbers would hide it, until it has asked for all", async () => {
  const { path, chat_id } = await longChat(400);
  const behind = await join(path);
  expect(dataOf(behind.frames, "chat.resume_boundary")[0]?.gap).toBe(true);
  const other = await join(path, 399);
  await other.say("Where is tool T-101?");
  await evictDurableObject(objectOf(chat_id));
  await other.say("hello");
  const seen = logged(behind.frames).map(({ seq }) => seq);
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => n));
  expect(seen.length).toBeLessThan(400);
  await readOn(behind);
  expect(logged(behind.frames).slice(400)).toEqual(logged((await join(path, 399)).frames));
  const from = behind.frames.length;
  await other.say("hello");
  await behind.until(({ type }) => type === "chat.run_complete", from);
  expect(logged(behind.frames).at(-1)).toEqual(logged(other.frames).at(-1));
});

test("T62 one socket too many of a person closes their oldest, and says why; the others stay", async () => {
  const { tab, path } = await startChat(desk);
  tabs.push(tab);
  for (let n = 0; n < LIMITS.socketsPerUserPerChat; n += 1) await join(path);
  await expect(tab.until(() => false, tab.frames.length)).rejects.toThrow("closed 4429");
  const newest = tabs.at(-1)!;
  expect(textOf(await newest.say("Where is tool T-101?"))).toContain("B4");
  const second = tabs[1]!;
  await second.until(({ type }) => type === "chat.run_complete");
});

/** The chats that are noted as open, in all limiters. */
async function notedPlaces(): Promise<string[]> {
  const limiters = await listDurableObjectIds(env.RATE_LIMITER);
  const rows = limiters.map((id) =>
    runInDurableObject(env.RATE_LIMITER.get(id), (_, { storage: { sql } }) =>
      sql.exec("SELECT place FROM open_place").toArray(),
    ),
  );
  return (await Promise.all(rows)).flat().map(({ place }) => String(place));
}

test("T62 one chat too many of a person closes theirs at the chat opened longest ago, and says why", async () => {
  const first = await startChat(desk);
  const place = (chat: string) => placeOfChat(env, desk.enterprise_id, chat);
  while (!(await notedPlaces()).includes(place(first.chat_id)));
  for (let n = 1; n < LIMITS.openChatsPerPerson; n += 1)
    await noteOpenChat(compose(env), desk.owner.user_id, place(`other-${n}`));
  // Also a chat that has left memory.
  await evictDurableObject(objectOf(first.chat_id));
  const last = await startChat(desk);
  tabs.push(last.tab);
  await expect(first.tab.until(() => false)).rejects.toThrow("closed 4429");
  const why = { limit: "open_chats", max: LIMITS.openChatsPerPerson };
  expect(dataOf(first.tab.frames, "chat.error")).toMatchObject([{ code: "RATE_LIMITED", details: why }]);
  expect(textOf(await last.tab.say("Where is tool T-101?"))).toContain("B4");
  // What is noted names nobody.
  expect((await notedPlaces()).join()).not.toContain(desk.enterprise_id);
});

test("T61 T64 too many frames at once are refused, also when the chat has left memory in between", async () => {
  const { tab, path, chat_id } = await startChat(desk);
  tabs.push(tab);
  const flood = async () => {
    const from = tab.frames.length;
    for (let n = 0; n < LIMITS.socketFramesBurst; n += 1) tab.send("client.pong", {});
    tab.send("chat.feedback", { message_id: "none", value: "up" });
    await tab.until(({ type }) => type === "chat.error", from);
    return dataOf(tab.frames.slice(from), "chat.error").map(({ code }) => code);
  };
  await flood();
  await evictDurableObject(objectOf(chat_id));
  expect(await flood()).toContain("RATE_LIMITED");
  // Another tab of the same person is not made to pay for it.
  expect(textOf(await (await join(path)).say("Where is tool T-101?"))).toContain("B4");
});

test("a quick conversation is no flood: as many messages as are taken are answered", async () => {
  const { tab } = await startChat(desk);
  tabs.push(tab);
  for (let n = 0; n < LIMITS.socketFramesBurst + 5; n += 1) await tab.say("hello");
  expect(dataOf(tab.frames, "chat.error")).toEqual([]);
});

test("T61 a socket that sends nothing of any use is closed in the end, and only that one", async () => {
  const { tab, path } = await startChat(desk);
  const other = await join(path);
  for (let n = 0; n < LIMITS.socketRefusalsBurst + 50; n += 1) tab.sendRaw("{");
  await expect(tab.until(() => false)).rejects.toThrow("closed 1008");
  expect(textOf(await other.say("Where is tool T-101?"))).toContain("B4");
});
