import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type * as z from "zod";
import type { selfCheck, Usage } from "#protocol/api/usage";
import { dataOf, openTab } from "#test/support/chat-client";
import { AGES, type Ids, idsOf, putToSleep, schemaOf } from "#test/support/old-objects";
import { LENDING, openDesk, startChat } from "./chat-session/desk.ts";
import { call, migrate, signUp } from "./gateway/client.ts";

beforeAll(migrate);

/** The creator of a fixture's app, signed in, with what D1 has of it. */
async function ownerOf({ enterprise, chat, user }: Ids) {
  const owner = await signUp();
  const run = (query: string, ...params: unknown[]) =>
    env.DB.prepare(query)
      .bind(...params)
      .run();
  await run("update user set id = ? where id = ?", user, owner.user_id);
  await run("update session set user_id = ? where user_id = ?", user, owner.user_id);
  const slug = enterprise.replace("_", "-");
  await run(
    "insert into enterprise (enterprise_id, slug, name, status, live_version, created_by, created_at) values (?, ?, 'Old', 'live', 1, ?, 0)",
    enterprise,
    slug,
    user,
  );
  await run(
    "insert into membership (enterprise_id, user_id, role, created_at) values (?, ?, 'owner', 0)",
    enterprise,
    user,
  );
  await run(
    "insert into chat (enterprise_id, chat_id, user_id, workflow, version, created_at, last_activity_at) values (?, ?, ?, ?, 1, 0, 0)",
    enterprise,
    chat,
    user,
    LENDING.name,
  );
  return { ...owner, user_id: user };
}

const objectsOf = ({ enterprise, chat }: Ids) => ({
  "chat-session": env.CHAT_SESSION.getByName(`${enterprise}:${chat}`),
  "token-ledger": env.TOKEN_LEDGER.getByName(enterprise),
  "app-data": env.APP_DATA.getByName(enterprise),
});

test.each(AGES)(
  "F40 F11 a chat from before (%s) opens with all it had, takes the answer to its card, and its books are right",
  async (age) => {
    const ids = idsOf(age);
    const owner = await ownerOf(ids);
    const objects = objectsOf(ids);
    for (const [kind, stub] of Object.entries(objects)) await putToSleep(stub, age, kind);

    const tab = await openTab(`/ws/${LENDING.name}/${ids.enterprise}/${ids.chat}/${ids.user}`, owner);
    expect(dataOf(tab.frames, "chat_meta")).toMatchObject([{ chat_exists: true, status: "waiting" }]);
    expect(JSON.stringify(tab.frames)).toContain("Hammer drill");
    const card = dataOf(tab.frames, "chat.tool_call").find((it) => it.awaiting_response);
    const usage = `/api/app/usage/${ids.enterprise}`;
    const before = (await call(`${usage}?period=2025-01`, owner)).body as Usage;
    expect(before.totals.calls).toBeGreaterThanOrEqual(2);

    const answered = await tab.answer(card!.tool_call_id, { approved: true });
    expect(dataOf(answered, "chat.run_complete")).toMatchObject([{ status: "completed" }]);
    const loans = await runInDurableObject(objects["app-data"], (_, { storage: { sql } }) =>
      sql.exec("SELECT * FROM t_loans").toArray(),
    );
    expect(loans).toHaveLength(1);
    const said = await tab.say("Where is tool T-101?");
    expect(JSON.stringify(said)).toContain("B4");
    tab.close();
    const now = (await call(usage, owner)).body as Usage;
    expect(now.totals.calls).toBeGreaterThanOrEqual(2);
    const after = (await call(`${usage}?period=2025-01`, owner)).body as Usage;
    expect(after.totals).toEqual(before.totals);
    const { checks } = (await call(`${usage}/check`, owner)).body as z.infer<typeof selfCheck>;
    expect(checks.filter(({ violations }) => violations > 0)).toEqual([]);
  },
);

test.each(AGES)("F40 what an object of before (%s) becomes is what a new one is", async (age) => {
  const fresh = await openDesk();
  const { tab, chat_id } = await startChat(fresh);
  await tab.say("Where is tool T-101?");
  await tab.say("I want to borrow it");
  tab.close();
  const made = objectsOf({ enterprise: fresh.enterprise_id, chat: chat_id, user: fresh.owner.user_id });
  const ids = idsOf(age);
  const old = objectsOf(ids);
  for (const kind of ["chat-session", "token-ledger", "app-data"] as const)
    expect(await schemaOf(old[kind]), kind).toEqual(await schemaOf(made[kind]));
});

test("F40 knowledge and triggers of before: what was indexed is found, what came once comes once", async () => {
  const { enterprise } = idsOf("first");
  const knowledge = env.KNOWLEDGE.getByName(enterprise);
  await putToSleep(knowledge, "first", "knowledge");
  const hits = await knowledge.search("when does the library open", { files: [], top: 3 });
  expect(hits).toMatchObject([{ file: "opening.md", text: "The library is open from nine to five." }]);
  const triggers = env.TRIGGERS.getByName(enterprise);
  await putToSleep(triggers, "first", "triggers");
  expect(JSON.parse(await triggers.list(enterprise))).toEqual([]);
  const fresh = await openDesk();
  const made = env.KNOWLEDGE.getByName(fresh.enterprise_id);
  await made.search("x", { files: [], top: 1 });
  await env.TRIGGERS.getByName(fresh.enterprise_id).list(fresh.enterprise_id);
  expect(await schemaOf(knowledge)).toEqual(await schemaOf(made));
  expect(await schemaOf(triggers)).toEqual(await schemaOf(env.TRIGGERS.getByName(fresh.enterprise_id)));
});
