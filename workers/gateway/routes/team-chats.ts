import * as z from "zod";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { findTeamChat as findWithPerson, listTeamChats, type TeamChatRow } from "#members/team-chats";
import { listOf } from "#protocol/api/list";
import { teamChat, teamChatDetail, teamChatsQuery } from "#protocol/api/team";
import { id } from "#protocol/ids";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { attachmentAnswer } from "../attachment-answer.ts";
import { findTeamChat } from "../find-team-chat.ts";
import { pageOf, placeOf } from "../page.ts";
import { answers, answersFile, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Team"];
const params = z.object({ enterprise_id: id });
const path = "/api/apps/{enterprise_id}/chats";

export const teamChatRoutes = routes();

teamChatRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "The chats of an app's people, last used first",
    access: "session",
    key: "chats.read",
    request: { params, query: teamChatsQuery },
    responses: answers(200, listOf(teamChat), "A page of chats"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "chats.read");
    const { cursor, limit, waiting, user_id: userId, from, to, ...same } = c.req.valid("query");
    const filter = { ...same, userId, onlyWaiting: waiting === "true", from: msOf(from), to: msOf(to) };
    const page = { before: placeOf(cursor), limit: limit + 1 };
    const rows = await listTeamChats(c.env.deps.db, scope, filter, page);
    const found = pageOf(rows, limit, ({ chat }) => ({ at: chat.lastActivityAt, id: chat.chatId }));
    return c.json({ items: found.page.map(viewOf), next_cursor: found.next_cursor }, 200);
  },
);

teamChatRoutes.openapi(
  route({
    method: "get",
    path: `${path}/{chat_id}`,
    tags,
    summary: "A chat of the app's people, with what they think of its messages",
    access: "session",
    key: "chats.read",
    request: { params: params.extend({ chat_id: id }) },
    responses: answers(200, teamChatDetail, "The chat"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const { scope } = await seeAs(c, enterprise_id, "chats.read");
    const found = await findWithPerson(c.env.deps.db, scope, chat_id);
    if (!found) throw appError("NOT_FOUND");
    const { opinions } = await chatSessionFor(c.env.deps.env, scope.enterprise_id, chat_id).meta();
    const given = opinions.map(({ at, ...it }) => ({ ...it, at: isoTime(at) }));
    return c.json({ ...viewOf(found), opinions: given }, 200);
  },
);

teamChatRoutes.openapi(
  route({
    method: "get",
    path: `${path}/{chat_id}/attachments/{attachment_id}`,
    tags,
    summary: "A file that was sent in a chat of the app's people, to save",
    access: "session",
    key: "chats.read",
    request: { params: params.extend({ chat_id: id, attachment_id: id }) },
    responses: answersFile("application/octet-stream", "The file"),
  }),
  async (c) => {
    const { enterprise_id, chat_id, attachment_id } = c.req.valid("param");
    const seen = await seeAs(c, enterprise_id, "chats.read");
    await findTeamChat(c, seen, chat_id);
    return attachmentAnswer(c.env.deps.env, seen.scope, chat_id, attachment_id);
  },
);

function msOf(iso: string | undefined): number | undefined {
  return iso === undefined ? undefined : Date.parse(iso);
}

function viewOf({ chat, waits, person }: TeamChatRow): z.infer<typeof teamChat> {
  return {
    chat_id: chat.chatId,
    user_id: chat.userId,
    workflow_name: chat.workflow,
    title: chat.title,
    status: waits ? "waiting_for_team" : "open",
    version: chat.version,
    person: personOf(person),
    thumbs: { up: chat.thumbsUp, down: chat.thumbsDown },
    created_at: isoTime(chat.createdAt),
    last_activity_at: isoTime(chat.lastActivityAt),
  };
}

/** A guest's address is made up. */
function personOf(it: TeamChatRow["person"]): z.infer<typeof teamChat>["person"] {
  if (it === null) return null;
  const { name, email, realm, isAnonymous } = it;
  if (isAnonymous) return { name, email: null, kind: "guest" };
  return { name, email, kind: realm === FOUNDRY_REALM ? "member" : "user" };
}
