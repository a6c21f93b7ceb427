import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { makeNewId } from "#base/new-id";
import type { Attachment } from "#protocol/attachment";
import { dataOf, textOf } from "#test/support/chat-client";
import { makePdf } from "#test/support/make-pdf";
import { call, codeOf, signUp, worker } from "#test/workers/gateway/client";
import { sendFile } from "#test/workers/gateway/send-file";
import { attachmentsOf } from "#workers/chat-session/attachments";
import { chatSessionFor } from "#workers/chat-session/chat-session-for";
import { migrate } from "#workers/chat-session/schema";
import { type Desk, openDesk, startChat } from "./desk.ts";

const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 1, 2, 3]);

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const upload = (chatId: string, name: string, bytes: Uint8Array | string, as = desk.owner) =>
  sendFile("/api/chat/upload", as, { name, bytes }, { enterprise_id: desk.enterprise_id, chat_id: chatId });
const keysOf = async (chatId: string) =>
  (await env.FILES.list({ prefix: `enterprises/${desk.enterprise_id}/chats/${chatId}/` })).objects;

async function get(chatId: string, id: string, token: string): Promise<Response> {
  const path = `/api/chats/${desk.enterprise_id}/${chatId}/attachments/${id}`;
  const headers = { authorization: `Bearer ${token}` };
  return worker.fetch(new Request(`http://localhost:8787${path}`, { headers }));
}

test("a file goes up, goes with a message, and comes back as it was, to save and never to show", async () => {
  const { chat_id, tab } = await startChat(desk);
  const sent = await upload(chat_id, "../tool <list>.txt", "T-101 is broken");
  expect(sent.status).toBe(201);
  const file = sent.body as Attachment;
  expect(file).toEqual({
    attachment_id: expect.stringMatching(/^att_/),
    name: "tool _list_.txt",
    media_type: "text/plain",
    size: 15,
  });
  const frames = await tab.say("Please look at this", { attachments: [file.attachment_id] });
  expect(dataOf(frames, "chat.text")[0]).toMatchObject({ role: "user", attachments: [file] });
  const { body } = await call(`/api/chats/${desk.enterprise_id}/${chat_id}/events`, {
    token: desk.owner.token,
  });
  expect(JSON.stringify(body)).toContain(file.attachment_id);
  const back = await get(chat_id, file.attachment_id, desk.owner.token);
  expect(await back.text()).toBe("T-101 is broken");
  expect(back.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''tool%20_list_.txt");
  expect(back.headers.get("content-security-policy")).toContain("sandbox");
  expect(back.headers.get("x-content-type-options")).toBe("nosniff");
});

test("T58 a type is told by the bytes; SVG, HTML and programs are refused whatever they are called", async () => {
  const { chat_id } = await startChat(desk);
  const pdf = makePdf(["Hello"]);
  for (const [name, bytes, type] of [
    ["photo.txt", PNG, "image/png"],
    ["paper.png", pdf, "application/pdf"],
    ["notes.md", "# Hi", "text/markdown"],
    ["t.csv", "a,b", "text/csv"],
    ["x.json", "{}", "application/json"],
  ] as const)
    expect((await upload(chat_id, name, bytes)).body).toMatchObject({ name, media_type: type });
  for (const [name, bytes] of [
    ["photo.png", "<svg onload=alert(1)>"],
    ["photo.png", "<!DOCTYPE html><script>1</script>"],
    ["notes.md", "<script>alert(1)</script>"],
    ["notes.txt", " <!-- x --><html>"],
    ["a.pdf", "MZ\u0000\u0003"],
    ["empty.txt", ""],
  ] as const) {
    const refused = await upload(chat_id, name, bytes);
    expect({ name, status: refused.status, code: codeOf(refused) }).toEqual({
      name,
      status: 415,
      code: "UNSUPPORTED_FILE",
    });
  }
});

test("T02 T08 nobody puts a file into another's chat, takes one out of it, or sends one of another chat", async () => {
  const { chat_id, tab } = await startChat(desk);
  const other = await startChat(desk);
  const eve = await signUp();
  expect(codeOf(await upload(chat_id, "a.txt", "Hi", eve))).toBe("NOT_FOUND");
  expect(codeOf(await upload("chat_none", "a.txt", "Hi"))).toBe("NOT_FOUND");
  expect(codeOf(await upload("a/../b", "a.txt", "Hi"))).toBe("BAD_REQUEST");
  const mine = (await upload(chat_id, "a.txt", "Hi")).body as Attachment;
  expect((await get(chat_id, mine.attachment_id, eve.token)).status).toBe(404);
  expect((await get(other.chat_id, mine.attachment_id, desk.owner.token)).status).toBe(404);
  other.tab.send("user.input.submit", {
    text: "Look",
    client_message_id: "m1",
    attachments: [mine.attachment_id],
  });
  const refused = await other.tab.until(({ type }) => type === "chat.error");
  expect(refused.data).toMatchObject({ code: "NOT_FOUND", details: { client_message_id: "m1" } });
  tab.send("user.input.submit", {
    text: "Look",
    attachments: Array.from({ length: 6 }, () => mine.attachment_id),
  });
  expect((await tab.until(({ type }) => type === "chat.error")).data).toMatchObject({ code: "BAD_FRAME" });
});

test("the same file sent again before a message took it is one attachment; afterwards it is another", async () => {
  const { chat_id, tab } = await startChat(desk);
  const id = async () => ((await upload(chat_id, "a.txt", "Hi")).body as Attachment).attachment_id;
  const first = await id();
  expect(await id()).toBe(first);
  await tab.say("Look", { attachments: [first, first] });
  expect(await id()).not.toBe(first);
});

test("the offline model reads a text that was sent, and says that it can't see pictures", async () => {
  const { chat_id, tab } = await startChat(desk);
  const note = (await upload(chat_id, "note.txt", "The tool code is T-101.")).body as Attachment;
  const said = textOf(await tab.say("Look up the tool in this note", { attachments: [note.attachment_id] }));
  expect(said).toContain("Hammer drill");
  const photo = (await upload(chat_id, "photo.png", PNG)).body as Attachment;
  const seen = textOf(await tab.say("What do you see here?", { attachments: [photo.attachment_id] }));
  expect(seen).toContain("I can't see pictures");
});

test("a chat takes no more than its share, and a deleted one leaves nothing", async () => {
  const { chat_id } = await startChat(desk);
  await upload(chat_id, "a.txt", "Hi");
  const stub = chatSessionFor(env, desk.enterprise_id, chat_id);
  await runInDurableObject(stub, (_, { storage }) => {
    storage.sql.exec("UPDATE attachments SET size = ?", LIMITS.attachmentsPerChatMaxBytes);
  });
  expect(codeOf(await upload(chat_id, "b.txt", "Ho"))).toBe("LIMIT_REACHED");
  expect(await keysOf(chat_id)).toHaveLength(1);
  await stub.destroy().catch(() => undefined);
  expect(await keysOf(chat_id)).toEqual([]);
});

test("F39 what no message took goes after a day, half-stored files too; what was sent stays", async () => {
  const stub = chatSessionFor(env, "ent-sweep", "chat-sweep");
  await runInDurableObject(stub, async (_, { storage }) => {
    migrate(storage);
    let now = 1_000_000;
    const bytes = new TextEncoder();
    const chat = { enterprise_id: "ent-sweep", chat_id: "chat-sweep" };
    let broken = false;
    const bucket = new Proxy(env.FILES, {
      get(target, name) {
        if (name === "put" && broken) return async () => Promise.reject(new Error("R2 is away"));
        const value = Reflect.get(target, name);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    const newId = makeNewId((into) => crypto.getRandomValues(into));
    const it = attachmentsOf({ sql: storage.sql, bucket, clock: { now: () => now }, newId });
    const used = await it.add(chat, "used.txt", bytes.encode("used"));
    await it.add(chat, "unused.txt", bytes.encode("unused"));
    broken = true;
    await expect(it.add(chat, "half.txt", bytes.encode("half"))).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    broken = false;
    expect(it.take([used.attachment_id], "msg_1")).toHaveLength(1);
    expect(it.take(["att_none"], "msg_1")).toBeNull();
    await it.sweep(chat);
    expect((await env.FILES.list({ prefix: "enterprises/ent-sweep/" })).objects).toHaveLength(2);
    now = it.nextSweepAt() ?? 0;
    await it.sweep(chat);
    expect(it.nextSweepAt()).toBeNull();
    const left = (await env.FILES.list({ prefix: "enterprises/ent-sweep/" })).objects;
    expect(left.map(({ key }) => key)).toEqual([
      `enterprises/ent-sweep/chats/chat-sweep/uploads/${used.attachment_id}`,
    ]);
    // F25: another content than the one that was sent is none.
    expect(await it.read(chat, used.attachment_id)).toEqual(bytes.encode("used"));
    await env.FILES.put(left[0]?.key ?? "", "tampered");
    expect(await it.read(chat, used.attachment_id)).toBeNull();
  });
});
