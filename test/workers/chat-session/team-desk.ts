import { env } from "cloudflare:workers";
import type { Role } from "#enterprises/may";
import { openTab, type Tab } from "#test/support/chat-client";
import { call, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { takeOn } from "#test/workers/gateway/take-on";
import { LENDING } from "./desk.ts";

/** The lending desk, where the team approves loans within a week and can be asked for. */
export const TEAM_LENDING = {
  ...LENDING,
  agents: {
    lender: { ...LENDING.agents.lender, tools: [...LENDING.agents.lender.tools, "ask_human"] },
  },
  tools: {
    ...LENDING.tools,
    lend_tool: {
      ...LENDING.tools.lend_tool,
      approval: { by: "operator", message: "Lend {tool_name}?", expires: "7d", on_expiry: "decline" },
    },
    ask_human: {
      kind: "operator",
      description: "Speak to a human colleague: use it when the person wants a human.",
      expires: "2h",
    },
  },
};

export type TeamDesk = {
  owner: Person;
  enterprise_id: string;
  url: string;
  operator: Person;
  /** An end user of the live app. */
  user: Person;
};

export async function openTeamDesk(definition: unknown = TEAM_LENDING): Promise<TeamDesk> {
  await migrate();
  const owner = await signUp({ name: "Olga Owner" });
  const { enterprise_id, url } = await makeApp(owner, "Tool Library");
  const json = { enterprise_id, definition };
  const answer = await call("/api/workflows/register", { token: owner.token, json });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  const desk = { owner, enterprise_id, url };
  const operator = await hire(desk, "operator", "Opal Operator");
  const user = await signUp({ at: url, name: "Una User" });
  return { ...desk, operator, user };
}

/** A new person of the foundry with this role. */
export async function hire(
  desk: { owner: Person; enterprise_id: string },
  role: Role,
  name = "A Member",
): Promise<Person> {
  const person = await signUp({ name });
  await takeOn(desk.owner, desk.enterprise_id, person, role);
  return person;
}

/** A new chat of the desk's end user, at the app's own address. */
export async function userChat(desk: TeamDesk): Promise<{ chat_id: string; tab: Tab; path: string }> {
  const { token, user_id } = desk.user;
  const at = desk.url;
  const start = `/api/chats/${desk.enterprise_id}/tool-lending/start`;
  const answer = await call(start, { token, at, json: { force_new: true } });
  const { chat_id } = answer.body as { chat_id: string };
  const slug = new URL(at).hostname.split(".")[0];
  const path = `/a/${slug}/ws/tool-lending/${desk.enterprise_id}/${chat_id}/${user_id}`;
  return { chat_id, path, tab: await openTab(path, desk.user) };
}

export function objectOf(desk: { enterprise_id: string }, chatId: string) {
  return env.CHAT_SESSION.getByName(`${desk.enterprise_id}:${chatId}`);
}

/** A call to the app's team routes, as the operator unless another is named. */
export function asTeam(desk: TeamDesk, path: string, json?: unknown, who: Person = desk.operator) {
  const ask = json === undefined ? {} : { json };
  return call(`/api/apps/${desk.enterprise_id}${path}`, { token: who.token, ...ask });
}
