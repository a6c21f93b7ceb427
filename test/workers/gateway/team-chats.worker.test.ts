import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import type { StepsDone } from "#protocol/api/steps-done";
import type { TeamChat, TeamChatDetail } from "#protocol/api/team";
import type { Attachment } from "#protocol/attachment";
import { dataOf } from "#test/support/data-of";
import {
  asTeam,
  hire,
  openTeamDesk,
  TEAM_LENDING,
  type TeamDesk,
  userChat,
} from "#test/workers/chat-session/team-desk";
import { call, codeOf, makeApp, type Person, signUp, worker } from "./client.ts";
import { sendFile } from "./send-file.ts";

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

test("T58 a file that the person sent is there for who reads chats, to save, and for nobody else", async () => {
  const { tab, chat_id } = await userChat(desk);
  const sent = await sendFile(
    `/a/${new URL(desk.url).hostname.split(".")[0]}/api/chat/upload`,
    desk.user,
    { name: "tool.txt", bytes: "T-101 is broken" },
    { enterprise_id: desk.enterprise_id, chat_id },
  );
  const { attachment_id } = sent.body as Attachment;
  await tab.say("Please look at this", { attachments: [attachment_id] });
  tab.close();
  const at = `/api/apps/${desk.enterprise_id}/chats/${chat_id}/attachments/${attachment_id}`;
  const get = (path: string, who: Person) =>
    worker.fetch(
      new Request(`http://localhost:8787${path}`, { headers: { authorization: `Bearer ${who.token}` } }),
    );
  const back = await get(at, desk.operator);
  expect(await back.text()).toBe("T-101 is broken");
  expect(back.headers.get("content-disposition")).toMatch(/^attachment;/);
  expect(back.headers.get("content-security-policy")).toContain("sandbox");

  const viewer = await hire(desk, "viewer");
  const stranger = await signUp();
  const theirs = await makeApp(stranger);
  const other = await userChat(desk);
  other.tab.close();
  const status = async (path: string, who: Person) => (await get(path, who)).status;
  expect(await status(at, viewer)).toBe(403);
  expect(await status(at, stranger)).toBe(404);
  expect(await status(at.replace(desk.enterprise_id, theirs.enterprise_id), stranger)).toBe(404);
  expect(await status(at.replace(chat_id, other.chat_id), desk.operator)).toBe(404);
  expect(await status(at.replace(attachment_id, "att_none"), desk.operator)).toBe(404);
  // A build is none of the chats of the app's people.
  await env.DB.prepare("UPDATE chat SET workflow = 'generator' WHERE chat_id = ?").bind(chat_id).run();
  expect(await status(at, desk.operator)).toBe(404);
});

test("what an owner has done already is told as the app stands", async () => {
  const owner = await signUp();
  const { enterprise_id: id } = await makeApp(owner);
  const ask = async (path: string, json?: unknown, method?: string) =>
    (await call(`/api/apps/${id}${path}`, { token: owner.token, json, ...(method && { method }) })).body;
  const done = async () =>
    Object.entries((await ask("/steps-done")) as StepsDone).flatMap(([name, is]) => (is ? [name] : []));
  await call("/api/workflows/register", {
    token: owner.token,
    json: { enterprise_id: id, definition: TEAM_LENDING },
  });
  // A chat that was opened and in which nothing was said is none, and the look that an app begins with is its own.
  const started = await call(`/api/chats/${id}/tool-lending/start`, { token: owner.token, json: {} });
  await ask("", { show_cost: true }, "PATCH");
  expect(await done()).toEqual([]);

  const { chat_id } = started.body as { chat_id: string };
  const message = { message: "Where is tool T-101?", workflow_name: "tool-lending" };
  await call(`/chat/${id}/${chat_id}/${owner.user_id}/input`, { token: owner.token, json: message });
  await vi.waitFor(async () => expect(await done()).toEqual(["chatted"]));
  await ask("", { branding: { primary_color: "#336699" } }, "PATCH");
  await ask("/identity", { origins: ["https://www.example.com"] }, "PATCH");
  await ask("/invitations", { email: "ben@example.com", role: "viewer" });
  expect(await done()).toEqual(["chatted", "branded", "embedded", "invited"]);
  // Another tenant's rows tell nothing of this one.
  const { enterprise_id: other } = await makeApp(owner);
  const theirs = (await call(`/api/apps/${other}/steps-done`, { token: owner.token })).body as StepsDone;
  expect(Object.values(theirs)).not.toContain(true);
});
