import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { dataOf } from "#test/support/chat-client";
import { framesOf } from "#test/support/model-server/dialects";
import { LENDING, openModelDesk, startChat } from "#test/workers/chat-session/desk";
import { type Ask, call, codeOf, signUp } from "#test/workers/gateway/client";
import { ChatSession } from "#workers/chat-session/chat-session";
import { TokenLedger } from "#workers/token-ledger/token-ledger";
import { d1Rows, named, whereIs } from "./stores.ts";

const SLOW = "slow-desk";
let desk: Awaited<ReturnType<typeof openModelDesk>>;
beforeAll(async () => {
  desk = await openModelDesk(SLOW);
  named.add(desk.enterprise_id);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const at = (chatId: string) => `/api/chats/${desk.enterprise_id}/${chatId}`;
const mine = (path: string, ask: Ask = {}) => call(path, { token: desk.owner.token, ...ask });
const remove = (chatId: string) => mine(at(chatId), { method: "DELETE" });
const rename = (chatId: string, title: unknown) => mine(at(chatId), { method: "PATCH", json: { title } });
async function listed(workflow = LENDING.name) {
  const { body } = await mine(`/api/chats/${desk.enterprise_id}/${workflow}`);
  const { items } = body as { items: { chat_id: string; title: string | null }[] };
  return new Map(items.map(({ chat_id, title }) => [chat_id, title]));
}
const ledger = () => env.TOKEN_LEDGER.getByName(desk.enterprise_id).usage();

test("T72 a chat of mine goes with all that was said in it, wherever it is open; what was done in it stays, and so do others", async () => {
  const [gone, kept] = [await startChat(desk), await startChat(desk)];
  await gone.tab.say("My secret is canary4711");
  const asked = await gone.tab.say("I want to borrow T-101");
  await gone.tab.answer(String(dataOf(asked, "chat.tool_call").at(-1)?.tool_call_id), { approved: true });
  await kept.tab.say("hello");
  expect((await whereIs("canary4711")).length).toBeGreaterThan(2);
  const { totals } = await ledger();
  expect(await remove(gone.chat_id)).toMatchObject({ status: 200, body: { deleted: true } });
  await expect(gone.tab.until(() => false)).rejects.toThrow("closed 1008");
  expect(await whereIs("canary4711")).toEqual([]);
  expect([...(await d1Rows()).values()].flat().filter((row) => row.includes(gone.chat_id))).toEqual([]);
  expect(await whereIs("T-101")).not.toEqual([]);
  expect([...(await listed()).keys()]).toEqual([kept.chat_id]);
  for (const path of [
    `${at(gone.chat_id)}/events`,
    `/api/chats/meta/${desk.enterprise_id}/${LENDING.name}/${gone.chat_id}`,
  ])
    expect(codeOf(await mine(path))).toBe("NOT_FOUND");
  expect(codeOf(await remove(gone.chat_id))).toBe("NOT_FOUND");
  // Money is never taken back by it.
  expect((await ledger()).totals).toEqual(totals);
  expect(dataOf(await kept.tab.say("hello"), "chat.run_complete")[0]?.status).toBe("completed");
  kept.tab.close();
});

test("T02 nobody deletes or renames another's chat, nor a build of the app", async () => {
  const { chat_id, tab } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  const prefix = `/a/${desk.slug}`;
  const guest = await signUp({ prefix });
  for (const ask of [{ method: "DELETE" }, { method: "PATCH", json: { title: "Yours" } }])
    expect(codeOf(await call(prefix + at(chat_id), { ...ask, token: guest.token }))).toBe("NOT_FOUND");
  const json = { force_new: true };
  const build = await mine(`/api/chats/${desk.enterprise_id}/generator/start`, { json });
  const { chat_id: ofBuild } = build.body as { chat_id: string };
  expect(codeOf(await remove(ofBuild))).toBe("NOT_FOUND");
  expect(codeOf(await rename(ofBuild, "Mine"))).toBe("NOT_FOUND");
  expect((await listed()).has(chat_id)).toBe(true);
});

test("T35 who deletes a chat in the middle of an answer has paid for it, and what waited is never begun", async () => {
  const { chat_id, tab } = await startChat(desk, SLOW);
  const [first = "", second = ""] = framesOf("chat", { text: ["A long answer", " begins"] });
  let asked = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
    asked += 1;
    const begun = new TextEncoder().encode(first + second);
    const body = new ReadableStream({ start: (stream) => stream.enqueue(begun) });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  });
  const told = vi.spyOn(TokenLedger.prototype, "exchange");
  const destroyed = vi.spyOn(ChatSession.prototype, "destroy");
  const before = await ledger();
  tab.send("user.input.submit", { text: "hello" });
  await tab.until(({ type }) => type === "chat.stream_chunk");
  tab.send("user.input.submit", { text: "and then" });
  await tab.until(({ type, data }) => type === "chat.text" && JSON.stringify(data).includes("and then"));
  expect((await remove(chat_id)).status).toBe(200);
  const after = await ledger();
  expect(after.totals.calls).toBe(before.totals.calls + 1);
  expect(after.totals.output_tokens).toBeGreaterThan(before.totals.output_tokens);
  expect(BigInt(after.totals.cost_nano)).toBeGreaterThan(BigInt(before.totals.cost_nano));
  expect(asked).toBe(1);
  // Nothing is left to the chance that the ledger is quicker.
  const last = told.mock.invocationCallOrder.at(-1)!;
  expect(last).toBeLessThan(destroyed.mock.invocationCallOrder[0]!);
  expect((await listed(SLOW)).has(chat_id)).toBe(false);
});

test("F26 T35 what the ledger could not be told of is told before its chat goes; until it can be, nothing is deleted", async () => {
  const { chat_id, tab } = await startChat(desk);
  await tab.say("hello");
  const before = await ledger();
  const away = vi.spyOn(TokenLedger.prototype, "exchange").mockRejectedValue(new Error("unreachable"));
  const failed = await tab.say("hello again");
  expect(dataOf(failed, "chat.run_complete")[0]?.error?.code).toBe("LEDGER_UNAVAILABLE");
  expect(await remove(chat_id)).toMatchObject({ status: 503 });
  expect((await listed()).has(chat_id)).toBe(true);
  expect((await mine(`${at(chat_id)}/events`)).status).toBe(200);
  away.mockRestore();
  expect((await remove(chat_id)).status).toBe(200);
  const after = await ledger();
  expect(after.totals.calls).toBe(before.totals.calls + 1);
  expect(after.held_nano).toBe("0");
});

test("a chat is called what its person says, whatever is said in it afterwards", async () => {
  const { chat_id, tab, path } = await startChat(desk);
  expect(await rename(chat_id, "  The drill  ")).toMatchObject({ status: 200, body: { title: "The drill" } });
  await tab.say("Do you have a ladder?");
  tab.close();
  expect((await listed()).get(chat_id)).toBe("The drill");
  for (const title of ["", "   ", "x".repeat(81), 7, null])
    expect(await rename(chat_id, title)).toMatchObject({
      status: 400,
      body: { error: { code: "BAD_REQUEST", details: { issues: [{ path: "title" }] } } },
    });
  expect(path).toContain(chat_id);
  const other = await startChat(desk);
  await other.tab.say("Do you have a ladder?");
  other.tab.close();
  await expect.poll(async () => (await listed()).get(other.chat_id)).toBe("Do you have a ladder?");
});
