import * as z from "zod";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { listTeamWaits } from "#chats/team-waits";
import { chatEvents, eventsQuery } from "#protocol/api/chat";
import { listOf, listQuery } from "#protocol/api/list";
import { decided, decision, operatorSaid, operatorSays, operatorState, teamWait } from "#protocol/api/team";
import { id } from "#protocol/ids";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { accepted } from "../answer-of.ts";
import { findTeamChat, operatorOpen, reachTeamChat } from "../find-team-chat.ts";
import { pageOf, placeOf } from "../page.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Team"];
const params = z.object({ enterprise_id: id });
const ofChat = params.extend({ chat_id: id });
const app = "/api/apps/{enterprise_id}";
const oneChat = `${app}/chats/{chat_id}` as const;

export const teamRoutes = routes();

teamRoutes.openapi(
  route({
    method: "get",
    path: `${app}/approvals`,
    tags,
    summary: "What waits for the team over all chats, newest first",
    access: "session",
    key: "chats.read",
    request: { params, query: listQuery },
    responses: answers(200, listOf(teamWait), "A page of it"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "chats.read");
    const { cursor, limit } = c.req.valid("query");
    const rows = await listTeamWaits(c.env.deps.db, scope, { before: placeOf(cursor), limit: limit + 1 });
    const found = pageOf(rows, limit, ({ wait }) => ({ at: wait.createdAt, id: wait.toolCallId }));
    const items = found.page.map(({ wait, userId, workflow }) => ({
      tool_call_id: wait.toolCallId,
      chat_id: wait.chatId,
      user_id: userId,
      workflow_name: workflow,
      kind: wait.kind,
      tool_name: wait.toolName,
      payload: wait.payload,
      created_at: isoTime(wait.createdAt),
      expires_at: wait.expiresAt === 0 ? null : isoTime(wait.expiresAt),
    }));
    return c.json({ items, next_cursor: found.next_cursor }, 200);
  },
);

teamRoutes.openapi(
  route({
    method: "post",
    path: `${app}/approvals/{tool_call_id}`,
    tags,
    summary: "Say yes or no to a call that waits for the team",
    access: "session",
    creates: true,
    request: { params: params.extend({ tool_call_id: id }), body: jsonBody(decision) },
    responses: answers(200, decided, "Decided"),
  }),
  async (c) => {
    const { enterprise_id, tool_call_id } = c.req.valid("param");
    const { chat_id, approved, comment } = c.req.valid("json");
    const details = { chat_id, approved };
    const deed = { action: "approvals.decide", target: tool_call_id, details };
    await privileged(c, enterprise_id, "chats.act", deed, async (seen) => {
      const { session, by } = await reachTeamChat(c, seen, chat_id);
      const it = { tool_call_id, approved, ...(comment === undefined ? {} : { comment }) };
      accepted(await session.asTeam(by, { do: "decide", ...it }));
    });
    return c.json({ tool_call_id, chat_id, approved }, 200);
  },
);

teamRoutes.openapi(
  route({
    method: "get",
    path: `${oneChat}/events`,
    tags,
    summary: "The log of a chat of the app",
    access: "session",
    key: "chats.read",
    request: { params: ofChat, query: eventsQuery },
    responses: answers(200, chatEvents, "Frames beyond `after`"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const { after, limit } = c.req.valid("query");
    const seen = await seeAs(c, enterprise_id, "chats.read");
    const open = operatorOpen(seen, await findTeamChat(c, seen, chat_id), c.var.principal);
    const session = chatSessionFor(c.env.deps.env, enterprise_id, chat_id);
    const page: z.infer<typeof chatEvents> = JSON.parse(await session.events(open, after ?? -1, limit));
    return c.json(page, 200);
  },
);

teamRoutes.openapi(
  route({
    method: "post",
    path: `${oneChat}/operator/join`,
    tags,
    summary: "Take a chat over from the agents",
    access: "session",
    request: { params: ofChat },
    responses: answers(200, operatorState, "The chat is yours"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const deed = { action: "operator.join", target: chat_id };
    await privileged(c, enterprise_id, "chats.act", deed, async (seen) => {
      const { session, by } = await reachTeamChat(c, seen, chat_id);
      accepted(await session.asTeam(by, { do: "join" }));
    });
    return c.json({ chat_id, joined: true }, 200);
  },
);

teamRoutes.openapi(
  route({
    method: "post",
    path: `${oneChat}/operator/say`,
    tags,
    summary: "Write to the person in a chat you have taken over",
    access: "session",
    creates: true,
    request: { params: ofChat, body: jsonBody(operatorSays) },
    responses: answers(200, operatorSaid, "Said"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const seen = await seeAs(c, enterprise_id, "chats.act");
    const { session, by } = await reachTeamChat(c, seen, chat_id);
    const { message_id } = accepted(await session.asTeam(by, { do: "say", text: c.req.valid("json").text }));
    if (message_id === undefined) throw appError("INTERNAL");
    return c.json({ message_id }, 200);
  },
);

teamRoutes.openapi(
  route({
    method: "post",
    path: `${oneChat}/operator/leave`,
    tags,
    summary: "Give the chat back to the agents",
    access: "session",
    request: { params: ofChat },
    responses: answers(200, operatorState, "The agents have it again"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const deed = { action: "operator.leave", target: chat_id };
    await privileged(c, enterprise_id, "chats.act", deed, async (seen) => {
      const { session, by } = await reachTeamChat(c, seen, chat_id);
      accepted(await session.asTeam(by, { do: "leave" }));
    });
    return c.json({ chat_id, joined: false }, 200);
  },
);
