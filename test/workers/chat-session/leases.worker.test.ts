import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { dataOf, openTab } from "#test/support/chat-client";
import { type Desk, openDesk, startChat } from "./desk.ts";

/** Far ahead of the machine's clock: no alarm rings by itself, the tests ring them. */
let start = Date.parse("2030-01-15T12:00:00Z");

let desk: Desk;
beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  desk = await openDesk();
});
beforeEach(() => {
  start += 24 * 3_600_000;
  vi.setSystemTime(start);
});
afterAll(() => {
  vi.useRealTimers();
});

const objectOf = (chatId: string) => env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chatId}`);
const held = async () =>
  BigInt((await env.TOKEN_LEDGER.getByName(desk.enterprise_id).usage()).held_nano as string);

test("a chat keeps its lease between turns, gives it back after 30 s of silence, and then sleeps", async () => {
  const { tab, chat_id } = await startChat(desk);
  await tab.say("hello");
  expect(await held()).toBeGreaterThan(0n);
  vi.setSystemTime(start + 29_000);
  await runDurableObjectAlarm(objectOf(chat_id));
  expect(await held()).toBeGreaterThan(0n);
  vi.setSystemTime(start + 30_000);
  await runDurableObjectAlarm(objectOf(chat_id));
  expect(await held()).toBe(0n);
  await runInDurableObject(objectOf(chat_id), async (_, { storage }) => {
    expect(await storage.getAlarm()).toBeNull();
  });
  expect(dataOf(await tab.say("hello"), "chat.run_complete")[0]?.status).toBe("completed");
  tab.close();
  await expect.poll(held).toBe(0n);
});

test("a pause for a person holds nothing, however long; the answer goes on under a lease of its own", async () => {
  const { tab } = await startChat(desk);
  const card = await tab.say("I want to borrow T-101");
  expect(dataOf(card, "chat.run_complete")[0]?.status).toBe("paused");
  expect(await held()).toBe(0n);
  const call = dataOf(card, "chat.tool_call").find((it) => it.awaiting_response);
  vi.setSystemTime(start + 8 * 3_600_000);
  const end = await tab.answer(call!.tool_call_id, { approved: true });
  expect(dataOf(end, "chat.run_complete")[0]?.status).toBe("completed");
  expect(await held()).toBeGreaterThan(0n);
  tab.close();
  await expect.poll(held).toBe(0n);
});

test("F09 a chat that left memory under its lease goes on under it", async () => {
  const { tab, chat_id, path } = await startChat(desk);
  await tab.say("hello");
  const before = await held();
  await evictDurableObject(objectOf(chat_id));
  expect(await held()).toBe(before);
  const exchanges = await countExchanges(async () => {
    expect(dataOf(await tab.say("hello"), "chat.run_complete")[0]?.status).toBe("completed");
  });
  expect(exchanges).toEqual(["renew"]);
  // One job looks after the chat, however often it has left memory.
  const jobs = await runInDurableObject(objectOf(chat_id), (_, { storage }) =>
    storage.sql.exec("SELECT fn FROM cf_agents_jobs").toArray(),
  );
  expect(jobs).toHaveLength(1);
  tab.close();
  const late = await openTab(path, desk.owner);
  late.close();
});

/** What is asked of the ledger meanwhile. */
async function countExchanges(work: () => Promise<void>): Promise<string[]> {
  const asked: string[] = [];
  type Exchange = (ask: { then: { do: string } }) => unknown;
  const swap = (by: (real: Exchange) => Exchange) =>
    runInDurableObject(env.TOKEN_LEDGER.getByName(desk.enterprise_id), (object) => {
      // RPC sees what the class has, not what an instance was given.
      const shared = Object.getPrototypeOf(object) as { exchange: Exchange };
      const real = shared.exchange;
      shared.exchange = by(real);
      return real;
    });
  const real = await swap(
    (it) =>
      function (this: unknown, ask) {
        asked.push(ask.then.do);
        return it.call(this as never, ask);
      },
  );
  await work();
  await swap(() => real);
  return asked;
}
