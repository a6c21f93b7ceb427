import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { Bill, Usage } from "#protocol/api/usage";
import { dataOf, openTab } from "#test/support/chat-client";
import { LENDING } from "#test/workers/chat-session/lending";
import { call, makeApp, migrate, signUp, worker } from "#test/workers/gateway/client";
import { sendFile } from "#test/workers/gateway/send-file";

/** How many apps, and how many users of each: `ISOLATION=50x20`. */
const [APPS = 0, USERS = 0] = env.ISOLATION.split("x").map(Number);

type App = Awaited<ReturnType<typeof openApp>>;
type User = Awaited<ReturnType<typeof comeIn>>;

/** An app of an owner of its own; each of its users has a tool to borrow that bears their word. */
async function openApp(n: number) {
  const word = `appcanary${n}x`;
  const owner = await signUp();
  const made = await makeApp(owner, `Library ${word}`);
  const { tools, loans } = LENDING.tables;
  const sample = Array.from({ length: USERS }, (_, u) => ({
    values: { tool_code: `T-${100 + u}`, name: `Drill ${wordOf(n, u)}`, shelf: word },
  }));
  const definition = { ...LENDING, tables: { tools: { ...tools, sample }, loans } };
  const live = await call("/api/workflows/register", {
    token: owner.token,
    json: { enterprise_id: made.enterprise_id, definition },
  });
  expect(live.status).toBe(201);
  const file = { name: `${word}.md`, bytes: `We of ${word} open at nine.` };
  const kept = await sendFile(`/api/apps/${made.enterprise_id}/knowledge`, owner, file);
  expect(kept.status).toBeLessThan(300);
  return { n, word, owner, id: made.enterprise_id, prefix: `/a/${made.slug}` };
}

function wordOf(app: number, user: number): string {
  return `usercanary${app}y${user}z`;
}

async function comeIn(app: App, u: number) {
  const { id, prefix } = app;
  const word = wordOf(app.n, u);
  const person = await signUp({ prefix, email: `${word}@example.com`, name: word });
  const start = await call(`${prefix}/api/chats/${id}/${LENDING.name}/start`, {
    token: person.token,
    json: {},
  });
  const { chat_id } = start.body as { chat_id: string };
  const tab = await openTab(`${prefix}/ws/${LENDING.name}/${id}/${chat_id}/${person.user_id}`, person);
  const file = { name: `${word}.txt`, bytes: `What ${word} wrote` };
  const sent = await sendFile(`${prefix}/api/chat/upload`, person, file, { enterprise_id: id, chat_id });
  const { attachment_id } = sent.body as { attachment_id: string };
  await tab.say(`I am ${word}`, { attachments: [attachment_id] });
  const asked = await tab.say(`I want to borrow T-${100 + u}`);
  await tab.answer(String(dataOf(asked, "chat.tool_call").at(-1)?.tool_call_id), { approved: true });
  return { ...person, word, app, chat_id, attachment_id, heard: tab.raw };
}

/** Everything that these addresses answer, as one text; each must answer. A zip's files are stored as they are. */
async function read(token: string, paths: string[]): Promise<string> {
  let all = "";
  for (const path of paths) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await worker.fetch(new Request(`http://localhost:8787${path}`, { headers }));
    expect({ path, status: answer.status }).toEqual({ path, status: 200 });
    all += new TextDecoder().decode(await answer.arrayBuffer());
  }
  return all;
}

function readAsUser({ app, token, chat_id, attachment_id }: User): Promise<string> {
  const paths = [
    "/api/me",
    "/api/me/usage",
    "/api/me/export",
    `/api/workflows/discover/${app.id}`,
    `/api/chats/${app.id}/${LENDING.name}`,
    `/api/chats/${app.id}/${chat_id}/events`,
    `/api/chats/${app.id}/${chat_id}/attachments/${attachment_id}`,
  ];
  return read(
    token,
    paths.map((path) => `${app.prefix}${path}`),
  );
}

function readAsOwner({ owner, id }: App): Promise<string> {
  const parts =
    "tables,tables/loans/rows?limit=100,tables/tools/rows?limit=100,chats?limit=100,users?limit=100,audit?limit=100,knowledge,webhooks,export";
  const paths = parts.split(",").map((part) => `/api/apps/${id}/${part}`);
  return read(owner.token, [
    ...paths,
    "/api/me",
    "/api/apps",
    `/api/app/usage/${id}`,
    `/api/app/usage/${id}/export`,
    `/api/app/analytics/${id}`,
  ]);
}

/** An app's usage names its own users and chats alone, and adds up to what the bills of those chats say. */
async function expectOwnUsage(app: App, own: User[]): Promise<void> {
  const usage = JSON.parse(await read(app.owner.token, [`/api/app/usage/${app.id}`])) as Usage;
  const keys = (rows: { key: string }[]) => rows.map(({ key }) => key).sort();
  expect(keys(usage.by_user)).toEqual(own.map((it) => it.user_id).sort());
  expect(keys(usage.by_chat)).toEqual(own.map((it) => it.chat_id).sort());
  const sum = { calls: 0, total_tokens: 0 };
  for (const { token, chat_id } of own) {
    const bill = JSON.parse(await read(token, [`${app.prefix}/api/chats/${app.id}/${chat_id}/bill`])) as Bill;
    sum.calls += bill.totals.calls;
    sum.total_tokens += bill.totals.total_tokens;
  }
  expect(sum.calls).toBeGreaterThan(own.length);
  expect(usage.totals).toMatchObject(sum);
}

test("apps and their users who all act at once read nothing of each other", {
  timeout: 120_000 + APPS * USERS * 2_000,
}, async () => {
  await migrate();
  const apps: App[] = [];
  for (let n = 0; n < APPS; n += 1) apps.push(await openApp(n));
  const users = (
    await Promise.all(
      apps.map(async (app) => {
        const mine: User[] = [];
        for (let u = 0; u < USERS; u += 1) mine.push(await comeIn(app, u));
        return mine;
      }),
    )
  ).flat();
  const marks = (it: User) => [it.word, it.user_id, it.chat_id, it.attachment_id];
  for (const app of apps)
    await expectOwnUsage(
      app,
      users.filter((it) => it.app === app),
    );
  for (const user of users) {
    const all = (await readAsUser(user)) + user.heard.join("");
    for (const mark of marks(user)) expect(all).toContain(mark);
    const foreign = [
      ...users.filter((it) => it !== user).flatMap(marks),
      ...apps.filter((it) => it !== user.app).flatMap((it) => [it.word, it.id]),
    ];
    expect(foreign.filter((mark) => all.includes(mark))).toEqual([]);
  }
  for (const app of apps) {
    const all = await readAsOwner(app);
    const own = users.filter((it) => it.app === app);
    for (const mark of [app.word, ...own.flatMap(marks)]) expect(all).toContain(mark);
    const foreign = [
      ...users.filter((it) => it.app !== app).flatMap(marks),
      ...apps.filter((it) => it !== app).flatMap((it) => [it.word, it.id, it.owner.user_id]),
    ];
    expect(foreign.filter((mark) => all.includes(mark))).toEqual([]);
  }
});
