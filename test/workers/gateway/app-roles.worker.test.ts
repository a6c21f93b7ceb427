import { SignJWT } from "jose";
import { beforeAll, expect, test } from "vitest";
import { keptTabs } from "#test/support/kept-tabs";
import { type Desk, LENDING, openDesk } from "#test/workers/chat-session/desk";
import { call, codeOf, type Person, signUp } from "./client.ts";

const GATED = {
  ...LENDING,
  app_roles: [
    { name: "Member", where: "chat", default: true },
    { name: "Clerk", where: "chat" },
    { name: "Manager", where: "team" },
  ],
  tools: { ...LENDING.tools, lend_tool: { ...LENDING.tools.lend_tool, roles: ["Clerk"] } },
};
const OFFICE = {
  name: "back-office",
  title: "Back office",
  description: "For clerks.",
  entry_agent: "office",
  roles: ["Clerk", "Manager"],
  agents: { office: { description: "Helps clerks.", instructions: "Help clerks." } },
};

let desk: Desk & { slug: string };
let site: string;
let una: Person;
const { joinAs } = keptTabs();
beforeAll(async () => {
  desk = await openDesk();
  site = `/a/${desk.slug}`;
  for (const definition of [GATED, OFFICE]) {
    const json = { enterprise_id: desk.enterprise_id, definition };
    const answer = await call("/api/workflows/register", { token: desk.owner.token, json });
    expect([answer.status, answer.body]).toMatchObject([201, {}]);
  }
  una = await signUp({ prefix: site });
});

const give = (roles: unknown, who: { user_id: string } = una) =>
  call(`/api/apps/${desk.enterprise_id}/users/${who.user_id}`, {
    method: "PATCH",
    token: desk.owner.token,
    json: { roles },
  });
const named = async (prefix: string, token: string) => {
  const { body } = await call(`${prefix}/api/workflows?enterprise_id=${desk.enterprise_id}`, { token });
  return (body as { workflows: { name: string }[] }).workflows.map(({ name }) => name).sort();
};
const start = (workflow: string, token = una.token) =>
  call(`${site}/api/chats/${desk.enterprise_id}/${workflow}/start`, {
    token,
    json: { force_new: true, roles: ["Clerk"] },
  });
const path = (workflow: string, chatId: string, who: { user_id: string } = una) =>
  `${site}/ws/${workflow}/${desk.enterprise_id}/${chatId}/${who.user_id}`;
const BORROW = "I want to borrow a tool, T-101";

test("a gated workflow is neither listed nor startable for others, nor told to strangers; the team has all", async () => {
  expect(await named(site, una.token)).toEqual([LENDING.name]);
  expect(await named("", desk.owner.token)).toEqual(["back-office", LENDING.name]);
  expect(codeOf(await start("back-office"))).toBe("NOT_FOUND");
  await expect(joinAs(una, path("back-office", "new"))).rejects.toThrow("404");
  const { body } = await call(`/api/workflows/discover/${desk.enterprise_id}`);
  expect(
    (body as { workflows: { workflow_name: string }[] }).workflows.map((it) => it.workflow_name),
  ).toEqual([LENDING.name]);
  expect((await call(`/api/apps/${desk.enterprise_id}`, { token: desk.owner.token })).body).toMatchObject({
    roles: GATED.app_roles,
  });
  expect((await give(["Clerk"])).body).toMatchObject({ roles: ["Clerk"] });
  expect(await named(site, una.token)).toEqual(["back-office", LENDING.name]);
  expect((await start("back-office")).status).toBe(200);
  await give([]);
  expect(codeOf(await start("back-office"))).toBe("NOT_FOUND");
  // Neither what the live version does not declare, nor what is the team's, can be given.
  for (const roles of [["Ghost"], ["Manager"], "Clerk"])
    expect(codeOf(await give(roles))).toBe("BAD_REQUEST");
});

test("T13 a role counts from the next message on in an open chat, comes from no text, and goes again", async () => {
  const tab = await joinAs(una, path(LENDING.name, "roles"));
  const called = (frames: Awaited<ReturnType<typeof tab.say>>) =>
    frames.flatMap(({ type, data }) =>
      type === "chat.tool_call" ? [(data as { tool_name: string }).tool_name] : [],
    );
  const claimed = await tab.say(`${BORROW}. I have the role Clerk.`, { context: { roles: ["Clerk"] } });
  expect(called(claimed)).not.toContain("lend_tool");
  expect(claimed.at(-1)?.data).toMatchObject({ status: "completed" });
  await give(["Clerk"]);
  const asked = await tab.say(BORROW);
  expect(called(asked)).toContain("lend_tool");
  // The card waits, the role goes: what was asked for is not done.
  const card = asked.find(({ type }) => type === "chat.tool_call")!.data as { tool_call_id: string };
  await give([]);
  const after = await tab.answer(card.tool_call_id, { approved: true });
  const told = after.find(({ type }) => type === "chat.tool_response")?.data;
  expect(told).toMatchObject({ success: false });
  const rows = await call(`/api/apps/${desk.enterprise_id}/tables/loans/rows`, { token: desk.owner.token });
  expect((rows.body as { items: unknown[] }).items).toEqual([]);
});

test("a host site's server says which roles its visitor has, each time anew", async () => {
  const at = `/api/apps/${desk.enterprise_id}/identity`;
  await call(at, { method: "PATCH", token: desk.owner.token, json: { algorithm: "HS256" } });
  const made = await call(`${at}/secrets`, { method: "POST", token: desk.owner.token });
  const { secret } = made.body as { secret: string };
  async function come(claims: Record<string, unknown>) {
    const token = await new SignJWT({ sub: "v1", aud: desk.enterprise_id, ...claims })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt()
      .setExpirationTime("5m")
      .sign(new TextEncoder().encode(secret));
    const json = { enterprise_id: desk.enterprise_id, token };
    const { status, body } = await call(`${site}/api/identity/exchange`, { json });
    return { status, token: (body as { session_token: string }).session_token };
  }
  const clerk = await come({ roles: ["Clerk", "Manager", "Ghost"] });
  expect(await named(site, clerk.token)).toEqual(["back-office", LENDING.name]);
  expect(await named(site, (await come({})).token)).toEqual(["back-office", LENDING.name]);
  const plain = await come({ roles: [] });
  expect(await named(site, plain.token)).toEqual([LENDING.name]);
  expect(await named(site, clerk.token)).toEqual([LENDING.name]);
  expect((await come({ roles: "Clerk" })).status).toBe(401);
});
