import { beforeAll, expect, test } from "vitest";
import type { TeamChat, TeamChatDetail } from "#protocol/api/team";
import { dataOf } from "#test/support/data-of";
import { asTeam, hire, openTeamDesk, type TeamDesk, userChat } from "#test/workers/chat-session/team-desk";
import { call, codeOf, makeApp, signUp } from "./client.ts";

let desk: TeamDesk;
beforeAll(async () => {
  desk = await openTeamDesk();
});

type Page = { items: TeamChat[]; next_cursor: string | null };
const list = async (query = "", of = desk) => (await asTeam(of, `/chats${query}`)).body as Page;
const ids = async (query: string) => (await list(query)).items.map((it) => it.chat_id);

test("a chat is found by its person, title, workflow, version, day and thumbs, and by nothing else", async () => {
  const { tab, chat_id } = await userChat(desk);
  const said = await tab.say("Where is tool T-101?");
  const end = dataOf(said, "chat.stream_end").at(-1);
  tab.close();
  const other = await userChat({ ...desk, user: await signUp({ at: desk.url, name: "Zoe 100%_Zebra" }) });
  await other.tab.say("What can you do?");
  other.tab.close();

  const [row] = (await list(`?user_id=${desk.user.user_id}`)).items;
  expect(row).toMatchObject({
    ...{ chat_id, workflow_name: "tool-lending", version: 1, title: "Where is tool T-101?" },
    ...{ person: { name: "Una User", kind: "user" }, thumbs: { up: 0, down: 0 }, status: "open" },
  });
  expect(await ids("?search=una%20USER")).toEqual([chat_id]);
  expect(await ids("?search=t-101")).toEqual([chat_id]);
  // No pattern: what would match anything as one is a text like any other.
  expect(await ids("?search=100%25_z")).toEqual([other.chat_id]);
  expect(await ids("?search=%25")).toEqual([other.chat_id]);
  expect(await ids("?workflow=tool-lending&version=1")).toEqual([other.chat_id, chat_id]);
  expect(await ids("?version=2")).toEqual([]);
  expect(await ids("?workflow=other")).toEqual([]);
  const at = row?.last_activity_at ?? "";
  expect(await ids(`?from=${at}&search=una`)).toEqual([chat_id]);
  expect(await ids(`?to=${at}&search=una`)).toEqual([]);

  const first = await list("?limit=1");
  expect(first.items).toMatchObject([{ chat_id: other.chat_id }]);
  expect(await ids(`?limit=1&cursor=${first.next_cursor}`)).toEqual([chat_id]);

  expect(await ids("?thumbs=down")).toEqual([]);
  const rate = `/chat/${desk.enterprise_id}/${chat_id}/${desk.user.user_id}/feedback`;
  const opinion = { message_id: end?.message_id, value: "down", comment: "I asked for the shelf." };
  const rated = await call(rate, { at: desk.url, token: desk.user.token, json: opinion });
  expect(rated.status).toBe(200);
  expect(await ids("?thumbs=down")).toEqual([chat_id]);
  const one = (await asTeam(desk, `/chats/${chat_id}`)).body as TeamChatDetail;
  expect(one).toMatchObject({ thumbs: { up: 0, down: 1 }, opinions: [{ ...opinion }] });
  // Another opinion takes the place of the first.
  await call(rate, { at: desk.url, token: desk.user.token, json: { ...opinion, value: "up" } });
  expect(await ids("?thumbs=down")).toEqual([]);
  expect(await ids("?thumbs=up")).toEqual([chat_id]);
});

test("T06 who may not read chats sees none, and another tenant's is not there", async () => {
  const { tab, chat_id } = await userChat(desk);
  tab.close();
  const viewer = await hire(desk, "viewer");
  const stranger = await signUp();
  const theirs = await makeApp(stranger);
  expect(codeOf(await asTeam(desk, `/chats/${chat_id}`, undefined, viewer))).toBe("FORBIDDEN");
  expect(codeOf(await asTeam(desk, `/chats/${chat_id}`, undefined, stranger))).toBe("NOT_FOUND");
  const across = `/api/apps/${theirs.enterprise_id}/chats/${chat_id}`;
  expect(codeOf(await call(across, { token: stranger.token }))).toBe("NOT_FOUND");
  expect(codeOf(await call(across, { token: desk.owner.token }))).toBe("NOT_FOUND");
});

test("money in a chat's log is for members who may see the app's", async () => {
  const { tab, chat_id } = await userChat(desk);
  await tab.say("Where is tool T-101?");
  tab.close();
  const costs = async (who = desk.operator) => {
    const { body } = await asTeam(desk, `/chats/${chat_id}/events`, undefined, who);
    const { items } = body as { items: { type: string; data: { cost_nano?: string } }[] };
    return items.filter(({ type }) => type === "chat.usage_delta").map(({ data }) => data.cost_nano);
  };
  expect((await costs()).every((it) => it === undefined)).toBe(true);
  expect((await costs(desk.owner)).some((it) => it !== undefined)).toBe(true);
});
