import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { openTab, textOf } from "#test/support/chat-client";
import { destroyChat } from "#workers/chat-session/chat-session-for";
import type { SessionOpen } from "#workers/chat-session/session-open";
import { type Desk, openDesk, startChat } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const newObject = (chatId: string = crypto.randomUUID()) =>
  env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chatId}`);

/** What objects ask their databases until the returned function is called: all of them share one prototype. */
async function listSql(): Promise<() => string[]> {
  const asked: string[] = [];
  const undo = await runInDurableObject(newObject(), (_, { storage }) => {
    const shared = Object.getPrototypeOf(storage.sql) as { exec: SqlStorage["exec"] };
    const before = shared.exec;
    shared.exec = function (this: SqlStorage, query: string, ...given: unknown[]) {
      asked.push(query);
      return before.call(this, query, ...given);
    } as SqlStorage["exec"];
    return () => {
      shared.exec = before;
    };
  });
  return () => {
    undo();
    return asked;
  };
}

test("a new chat's first frame waits for a few statements; its other tables are made behind it, and it works", async () => {
  const listed = await listSql();
  const { tab } = await startChat(desk);
  const answer = textOf(await tab.say("Where is tool T-101?"));
  const asked = listed();
  tab.close();
  expect(answer).toContain("B4");
  const opened = asked.findIndex((query) => query.startsWith("INSERT INTO meta"));
  const made = asked.findIndex((query) => query.includes("CREATE TABLE runs"));
  expect(opened).toBeGreaterThan(-1);
  expect(opened).toBeLessThanOrEqual(6);
  expect(made).toBeGreaterThan(opened);
});

test("a socket's question at the end of the log asks the database nothing", async () => {
  const { tab, path } = await startChat(desk);
  await tab.say("hello");
  tab.close();
  const again = await openTab(path, desk.owner);
  const last_seq = again.frames.findLast(({ seq }) => seq !== undefined)?.seq ?? -1;
  const ask = async () => {
    const from = again.frames.length;
    again.send("client.resume", { last_seq });
    await again.until(({ type }) => type === "chat.resume_boundary", from);
  };
  await ask();
  const listed = await listSql();
  for (let n = 0; n < 5; n += 1) await ask();
  // What the counting object itself made of its own start came before.
  expect(listed()).toEqual([]);
  again.close();
});

test("whatever is asked of a chat that nobody has opened yet finds its tables", async () => {
  const open: SessionOpen = {
    enterprise_id: desk.enterprise_id,
    chat_id: "none",
    user_id: "user_none",
    user_name: "",
    workflow: "desk",
    version: 1,
    sees: { cost: false, balance: false },
    payer: desk.enterprise_id,
  };
  const by = { enterprise_id: desk.enterprise_id, user_id: "user_other", name: "The team" };
  expect(await newObject().meta()).toEqual({ status: "idle", last_seq: -1, exists: false, opinions: [] });
  expect(JSON.parse(await newObject().events(open, -1, 10))).toMatchObject({ items: [] });
  expect(await newObject().attachment("att_none")).toBeNull();
  expect(await newObject().runUnderWay()).toBeNull();
  expect(await newObject().getBuild("build_none")).toBeNull();
  const cancel = { type: "cancel" } as const;
  expect(await newObject().decideBuild(open, "build_none", cancel)).toMatchObject({ ok: false });
  expect(await newObject().publishOverRed(open, "build_none", "why not")).toMatchObject({ ok: false });
  expect(await newObject().buildPatches("build_none")).toBeNull();
  expect(await newObject().conversation(desk.enterprise_id)).toBeNull();
  expect(await newObject().asTeam(by, { do: "join" })).toMatchObject({ ok: false });
  expect(await newObject("none").withoutSocket(open, { do: "stop", run_id: undefined })).toMatchObject({
    ok: false,
  });
  await newObject().expel({ user_id: "user_none" });
  await destroyChat(env, desk.enterprise_id, crypto.randomUUID());
});

test("what a chat keeps of who opened it names no session and no key", async () => {
  const made = newObject("kept");
  const open: SessionOpen = {
    enterprise_id: desk.enterprise_id,
    chat_id: "kept",
    user_id: "user_kept",
    session_id: "ses_1",
    key_id: "key_1",
    user_name: "",
    workflow: "desk",
    version: 1,
    sees: { cost: false, balance: false },
    payer: desk.enterprise_id,
  };
  await made.withoutSocket(open, { do: "stop", run_id: undefined });
  const kept = await runInDurableObject(made, (_, { storage: { sql } }) =>
    String(sql.exec("SELECT value FROM meta WHERE name = 'open'").one().value),
  );
  expect(JSON.parse(kept)).toMatchObject({ user_id: "user_kept" });
  expect(kept).not.toMatch(/ses_1|key_1/);
});
