import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { chatSessionFor } from "#workers/chat-session/chat-session-for";
import { OPEN_HEADER, type SessionOpen } from "#workers/chat-session/session-open";
import { replaysFor } from "#workers/replays/replays-for";
import { triggersFor } from "#workers/triggers/triggers-for";
import { LENDING, openDesk, startChat } from "./chat-session/desk.ts";

const OTHER = "ent_00000000000000000000000000";
let open: SessionOpen;
beforeAll(async () => {
  const desk = await openDesk();
  const { chat_id, tab } = await startChat(desk);
  await tab.say("hello, CANARY");
  tab.close();
  const { enterprise_id, owner } = desk;
  const sees = { cost: true, balance: true };
  const who = { user_id: owner.user_id, user_name: "A Person" };
  open = { enterprise_id, chat_id, ...who, workflow: LENDING.name, version: 1, sees, payer: enterprise_id };
});

test("T06 a chat's object has nothing for a caller verified for another tenant or another chat", async () => {
  const chat = () => chatSessionFor(env, open.enterprise_id, open.chat_id);
  expect(await chat().events(open, -1, 50)).toContain("CANARY");
  for (const foreign of [
    { ...open, enterprise_id: OTHER },
    { ...open, chat_id: "chat_of_nobody" },
  ]) {
    expect(JSON.parse(await chat().events(foreign, -1, 50))).toEqual({ items: [], next_cursor: null });
    expect(await chat().stream(foreign, -1)).toBeNull();
    expect(await chat().attach(foreign, "a.txt", new Uint8Array([72]))).toMatchObject({
      ok: false,
      code: "NOT_FOUND",
    });
    const ask = { kind: "input", input: { text: "Hi" } } as never;
    expect(await chat().withoutSocket(foreign, ask)).toMatchObject({ ok: false, code: "NOT_FOUND" });
    expect(await chat().publishOverRed(foreign, "build", "why not")).toMatchObject({
      ok: false,
      code: "NOT_FOUND",
    });
    const headers = { upgrade: "websocket", [OPEN_HEADER]: encodeURIComponent(JSON.stringify(foreign)) };
    const { webSocket } = await chat().fetch("http://object/", { headers });
    const closed = new Promise<number>((resolve) =>
      webSocket?.addEventListener("close", ({ code }) => resolve(code)),
    );
    webSocket?.accept();
    expect(await closed).toBe(1008);
  }
  expect(await chat().conversation(OTHER)).toBeNull();
});

test("T06 objects that are told a tenant refuse any but their own", async () => {
  const own = open.enterprise_id;
  const bytes = new Uint8Array([72]);
  const replay = {
    replay_id: "r",
    enterprise_id: OTHER,
    version: 1,
    build_id: null,
    files: "{}",
    chat_ids: [],
  };
  const refused = (call: Promise<unknown>) => expect(call).rejects.toThrow("not its own");
  await runInDurableObject(triggersFor(env, own), async (object) => {
    await refused(object.refresh(OTHER));
    await refused(object.list(OTHER));
    await refused(object.newSecret(OTHER, "greeter", "hook"));
  });
  await runInDurableObject(env.KNOWLEDGE.getByName(own), async (object) => {
    await refused(object.add(OTHER, "a.txt", bytes));
    await refused(object.remove(OTHER, "file"));
  });
  await runInDurableObject(replaysFor(env, own), (object) => refused(object.begin(replay)));
});
