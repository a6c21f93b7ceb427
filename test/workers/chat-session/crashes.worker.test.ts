import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { Usage } from "#protocol/api/usage";
import { newRun } from "#runtime/run-state";
import { dataOf, openTab, textOf } from "#test/support/chat-client";
import { call } from "#test/workers/gateway/client";
import { Store } from "#workers/chat-session/store";
import { type Desk, openDesk, startChat } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const QUESTION = "Where is tool T-101?";

function objectOf(chatId: string) {
  return env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chatId}`);
}

test("F10 a message that was accepted before the process died is answered when the chat wakes", async () => {
  const { tab, chat_id, path } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  await runInDurableObject(objectOf(chat_id), (_, { storage: { sql } }) => {
    sql.exec("INSERT INTO inputs (message_id, text) VALUES ('msg_late', ?)", QUESTION);
  });
  await evictDurableObject(objectOf(chat_id));
  const late = await openTab(path, desk.owner);
  await late.until(() => dataOf(late.frames, "chat.run_complete").length === 2);
  expect(textOf(late.frames)).toContain("B4");
  late.close();
});

test("F12 a run that keeps killing its process is given up, and the chat goes on", async () => {
  const { tab, path, chat_id } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  await runInDurableObject(objectOf(chat_id), (_, { storage: { sql } }) => {
    const run = { ...newRun("run_bad", { workflow: "tool-lending", agent: "lender" }), interruptions: 2 };
    sql.exec(
      "INSERT INTO runs (run_id, n, status, state) SELECT 'run_bad', max(n) + 1, 'running', ? FROM runs",
      JSON.stringify(run),
    );
  });
  await evictDurableObject(objectOf(chat_id));
  const late = await openTab(path, desk.owner);
  const end = await late.until(
    (frame) => frame.type === "chat.run_complete" && frame.data.run_id === "run_bad",
  );
  expect(end.data).toMatchObject({ status: "failed", error: { code: "INTERRUPTED" } });
  expect(textOf(await late.say("Where is tool T-101?"))).toContain("B4");
  late.close();
});

test("F25 a message whose version could not be fetched is not forgotten: the next turn knows it", async () => {
  // An app of its own: no other chat has fetched this version yet.
  const fresh = await openDesk();
  const { tab, chat_id } = await startChat(fresh);
  const own = env.CHAT_SESSION.getByName(`${fresh.enterprise_id}:${chat_id}`);
  const broken = { configurable: true, value: () => Promise.reject(new Error("R2 is down")) };
  await runInDurableObject(own, (instance) => {
    Object.defineProperty((instance as unknown as { env: typeof env }).env.FILES, "list", broken);
  });
  const failed = await tab.say(QUESTION);
  expect(dataOf(failed, "chat.run_complete")[0]?.status).toBe("failed");
  expect(JSON.stringify(failed)).not.toContain("R2 is down");
  await runInDurableObject(own, (instance) => {
    Reflect.deleteProperty((instance as unknown as { env: typeof env }).env.FILES, "list");
  });
  await tab.say("hello?");
  const entries = await runInDurableObject(own, (_, { storage: { sql } }) =>
    sql
      .exec("SELECT entry FROM entries")
      .toArray()
      .map((row) => String(row.entry)),
  );
  expect(entries.filter((entry) => entry.includes('"kind":"user"'))).toHaveLength(2);
  tab.close();
});

test("F24 F25 with the database and the file store gone a chat that has begun goes on, also after it left memory", async () => {
  const { tab, chat_id } = await startChat(desk);
  await tab.say("hello");
  await evictDurableObject(objectOf(chat_id));
  let asked = 0;
  const hangs = new Proxy(
    {},
    {
      get: (_, name) => () => {
        asked += 1;
        // What is only built, as statements are, is built; what is asked is never answered.
        return name === "prepare" || name === "bind" ? hangs : new Promise(() => undefined);
      },
    },
  );
  await runInDurableObject(objectOf(chat_id), (instance) => {
    const own = (instance as unknown as { env: Record<string, unknown> }).env;
    const { FILES, DB } = own as { FILES: object; DB: object };
    for (const binding of [FILES, DB])
      for (const name of ["get", "list", "put", "prepare", "batch", "exec"])
        if (name in binding) {
          const gone = (hangs as Record<string, unknown>)[name];
          Object.defineProperty(binding, name, { configurable: true, value: gone });
        }
  });
  try {
    expect(textOf(await tab.say(QUESTION))).toContain("B4");
    expect(textOf(await tab.say(QUESTION))).toContain("B4");
    // The index of chats is told of the activity, and is not waited for.
    expect(asked).toBeGreaterThan(0);
  } finally {
    await runInDurableObject(objectOf(chat_id), (instance) => {
      const { FILES, DB } = (instance as unknown as { env: Record<string, object> }).env;
      for (const binding of [FILES!, DB!])
        for (const name of ["get", "list", "put", "prepare", "batch", "exec"])
          Reflect.deleteProperty(binding, name);
    });
  }
  tab.close();
});

test("F38 a write that fails stops nothing for good: the next message is answered, and the one before too", async () => {
  const { tab, chat_id } = await startChat(desk);
  await tab.say("hello");
  const sql = (query: string) =>
    runInDurableObject(objectOf(chat_id), (_, { storage }) => void storage.sql.exec(query));
  await sql("CREATE TRIGGER full BEFORE UPDATE ON inputs BEGIN SELECT RAISE(ABORT, 'disk full'); END");
  tab.send("user.input.submit", { text: QUESTION, client_message_id: "first" });
  await tab.until((frame) => frame.type === "chat.input_ack" && frame.data.client_message_id === "first");
  await sql("DROP TRIGGER full");
  tab.send("user.input.submit", { text: "hello again", client_message_id: "second" });
  await tab.until(() => dataOf(tab.frames, "chat.run_complete").length >= 3);
  expect(textOf(tab.frames)).toContain("B4");
  tab.close();
});

test("F26 usage that the ledger could not be told of is told later, exactly; the turn says that it failed", async () => {
  const { tab, chat_id, path } = await startChat(desk);
  await tab.say("hello");
  const mend = await breakLedger(chat_id);
  const failed = await tab.say(QUESTION);
  expect(dataOf(failed, "chat.run_complete")[0]).toMatchObject({
    status: "failed",
    error: { code: "LEDGER_UNAVAILABLE" },
  });
  // Under its lease the chat could still spend, and what it used stands in its own rows.
  expect(dataOf(failed, "chat.usage_delta").length).toBeGreaterThan(0);
  tab.close();
  await mend();
  await evictDurableObject(objectOf(chat_id));
  const late = await openTab(path, desk.owner);
  await expect
    .poll(async () => (await usageOf(chat_id))?.cost_nano)
    .toBe(
      String(
        dataOf(late.frames, "chat.usage_delta").reduce((sum, it) => sum + BigInt(it.cost_nano ?? 0), 0n),
      ),
    );
  late.close();
}, 30_000);

/** The session's way to the ledger fails until it is mended. */
async function breakLedger(chatId: string): Promise<() => Promise<void>> {
  type Bindings = { TOKEN_LEDGER: unknown };
  const put = (ledger: unknown) =>
    runInDurableObject(objectOf(chatId), (instance) => {
      const { env: own } = instance as unknown as { env: Bindings };
      const before = own.TOKEN_LEDGER;
      own.TOKEN_LEDGER = ledger;
      return before;
    });
  const before = await put({ getByName: () => ({ exchange: () => Promise.reject(new Error("gone")) }) });
  return async () => void (await put(before));
}

async function usageOf(chatId: string) {
  const answer = await call(`/api/app/usage/${desk.enterprise_id}`, { token: desk.owner.token });
  return (answer.body as Usage).by_chat.find(({ key }) => key === chatId);
}

test("F23 a stop that was asked for holds although the process died before it was done", async () => {
  const { tab, chat_id, path } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  await runInDurableObject(objectOf(chat_id), (_, { storage: { sql } }) => {
    const last = sql.exec("SELECT state FROM runs").one();
    const state = { ...JSON.parse(String(last.state)), run_id: "run_stop", steps: 0 };
    const entry = { kind: "user", message_id: "msg_stop", text: QUESTION };
    sql.exec("INSERT INTO entries (entry) VALUES (?)", JSON.stringify(entry));
    sql.exec(
      "INSERT INTO runs (run_id, n, status, state) SELECT 'run_stop', max(n) + 1, 'running', ? FROM runs",
      JSON.stringify(state),
    );
    sql.exec(`INSERT INTO meta VALUES ('stop', '"run_stop"')`);
  });
  await evictDurableObject(objectOf(chat_id));
  const late = await openTab(path, desk.owner);
  const end = await late.until(
    (frame) => frame.type === "chat.run_complete" && frame.data.run_id === "run_stop",
  );
  expect(end.data).toMatchObject({ status: "cancelled" });
  expect(textOf(late.frames)).not.toContain("B4");
  late.close();
});

test("feedback on a message that is not there is refused", async () => {
  const { tab } = await startChat(desk);
  tab.send("chat.feedback", { message_id: "nope", value: "up" });
  expect((await tab.until(({ type }) => type === "chat.error")).data).toMatchObject({ code: "NOT_FOUND" });
  tab.close();
});

test("a run whose end could not be written has not ended", async () => {
  const { tab, chat_id } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  await runInDurableObject(objectOf(chat_id), (_, { storage: { sql } }) => {
    const store = new Store(sql);
    store.saveRun("run_last", "running", {});
    sql.exec("CREATE TRIGGER full BEFORE UPDATE ON runs BEGIN SELECT RAISE(ABORT, 'no room'); END");
    expect(() => store.saveRun("run_last", "completed", {})).toThrow("no room");
    expect(store.lastStatus()).toBe("running");
    sql.exec("DROP TRIGGER full");
    store.saveRun("run_last", "completed", {});
    expect(store.lastStatus()).toBe("completed");
    expect(new Store(sql).lastStatus()).toBe("completed");
  });
});
