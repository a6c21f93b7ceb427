import * as z from "zod";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { listChats } from "#chats/list-chats";
import { startChat as start } from "#chats/start-chat";
import { renameChat } from "#chats/touch-chat";
import { may } from "#enterprises/may";
import type { Scope } from "#enterprises/scope";
import { deleted } from "#protocol/api/app";
import { changeChat, chatMeta, startChat, startedChat } from "#protocol/api/chat";
import { listOf, listQuery } from "#protocol/api/list";
import { bill, billQuery } from "#protocol/api/usage";
import { id, slug } from "#protocol/ids";
import { findVersion } from "#workflows/list-versions";
import { findGate } from "#workflows/list-workflows";
import { chatSessionFor } from "../../chat-session/chat-session-for.ts";
import { GENERATOR } from "../../chat-session/session-open.ts";
import { eraseChats } from "../../data-rights/erase-chats.ts";
import { chatSocketUrl } from "../addresses.ts";
import { askLedger } from "../ask-ledger.ts";
import { billView } from "../bill-view.ts";
import type { Ctx } from "../call.ts";
import { chatVersion } from "../chat-version.ts";
import { findBilledChat, findOwnChat } from "../find-own-chat.ts";
import { refuseInMaintenance } from "../maintenance.ts";
import { pageOf, placeOf } from "../page.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { passesGate, type SeenAs, seeEnterprise } from "../see-enterprise.ts";
import { sessionOpenOf } from "../session-open-of.ts";

const tags = ["Chats"];
const ofChat = z.object({ enterprise_id: id, chat_id: id });
const ofWorkflow = z.object({ enterprise_id: id, workflow: slug });

const listedChat = z.object({
  chat_id: z.string(),
  workflow_name: z.string(),
  title: z.string().nullable(),
  created_at: z.iso.datetime(),
  last_activity_at: z.iso.datetime(),
});

/** Error: NOT_FOUND, for those who don't build the app too. */
function draftOf(seen: SeenAs, isThere: boolean): number {
  const { draftVersion } = seen.enterprise;
  if (draftVersion === null || !isThere || !may(seen.role, "app.build")) throw appError("NOT_FOUND");
  return draftVersion;
}

/** Of a chat that its person may do with as they like: builds are the app's. Error: NOT_FOUND. */
async function scopeOfMine(c: Ctx, enterpriseId: string, chatId: string): Promise<Scope> {
  const seen = await seeEnterprise(c, enterpriseId);
  const { workflow } = await findOwnChat(c, seen, chatId);
  if (workflow === GENERATOR) throw appError("NOT_FOUND");
  return seen.scope;
}

export const chatRoutes = routes();

chatRoutes.openapi(
  route({
    method: "post",
    path: "/api/chats/{enterprise_id}/{workflow}/start",
    rough: "STARTS",
    tags,
    summary: "A chat with a workflow: a new one, or the one used last",
    access: "chat",
    creates: true,
    request: { params: ofWorkflow, body: jsonBody(startChat) },
    responses: answers(200, startedChat, "Where to connect"),
  }),
  async (c) => {
    const { enterprise_id, workflow } = c.req.valid("param");
    const body = c.req.valid("json");
    const { user_id } = c.var.principal;
    const { deps } = c.env;
    const seen = await seeEnterprise(c, enterprise_id);
    if (body.user_id !== undefined && body.user_id !== user_id) throw appError("NOT_FOUND");
    const { liveVersion, draftVersion } = seen.enterprise;
    const asked = body.draft ? draftVersion : liveVersion;
    const gate = asked === null ? null : await findGate(deps.db, seen.scope, asked, workflow);
    const isThere = gate !== null && passesGate(seen, gate);
    if (isThere) refuseInMaintenance(seen);
    const version = body.draft ? draftOf(seen, isThere) : chatVersion(seen, workflow, isThere);
    const begin = (forceNew: boolean) =>
      start(deps, seen.scope, {
        userId: user_id,
        workflow,
        version,
        chatId: deps.newId("chat"),
        clientRequestId: body.client_request_id,
        forceNew,
      });
    let begun = await begin(body.force_new || body.draft);
    // A chat that tried a draft is not what somebody comes back to.
    if (begun.reused && body.client_request_id === undefined && begun.chat.version !== version) {
      const made = await findVersion(deps.db, seen.scope, begun.chat.version);
      if (made?.publishedAt === null) begun = await begin(true);
    }
    const { chat, reused } = begun;
    const address = { workflow, enterpriseId: enterprise_id, chatId: chat.chatId, userId: user_id };
    return c.json(
      {
        success: true as const,
        chat_id: chat.chatId,
        workflow_name: workflow,
        app_id: enterprise_id,
        enterprise_id,
        user_id,
        websocket_url: chatSocketUrl(c.env, address),
        reused,
        cache_seed: chat.version,
      },
      200,
    );
  },
);

chatRoutes.openapi(
  route({
    method: "get",
    path: "/api/chats/meta/{enterprise_id}/{workflow}/{chat_id}",
    tags,
    summary: "A chat's state",
    access: "chat",
    request: { params: ofWorkflow.extend({ chat_id: id }) },
    responses: answers(200, chatMeta, "The chat"),
  }),
  async (c) => {
    const { enterprise_id, workflow, chat_id } = c.req.valid("param");
    const { deps } = c.env;
    const seen = await seeEnterprise(c, enterprise_id);
    const chat = await findOwnChat(c, seen, chat_id);
    if (chat.workflow !== workflow) throw appError("NOT_FOUND");
    const { status, last_seq } = await chatSessionFor(deps.env, enterprise_id, chat_id).meta();
    return c.json(
      {
        exists: true,
        chat_id,
        enterprise_id,
        workflow_name: workflow,
        user_id: chat.userId,
        title: chat.title,
        status,
        workflow_version: chat.version,
        last_seq,
        created_at: isoTime(chat.createdAt),
        last_activity_at: isoTime(chat.lastActivityAt),
      },
      200,
    );
  },
);

chatRoutes.openapi(
  route({
    method: "get",
    path: "/api/chats/{enterprise_id}/{workflow}",
    tags,
    summary: "My chats with a workflow, last used first",
    access: "chat",
    request: { params: ofWorkflow, query: listQuery },
    responses: answers(200, listOf(listedChat), "A page of chats"),
  }),
  async (c) => {
    const { enterprise_id, workflow } = c.req.valid("param");
    const { cursor, limit } = c.req.valid("query");
    const { scope } = await seeEnterprise(c, enterprise_id);
    const page = { before: placeOf(cursor), limit: limit + 1 };
    const rows = await listChats(c.env.deps.db, scope, c.var.principal.user_id, workflow, page);
    const found = pageOf(rows, limit, (it) => ({ at: it.lastActivityAt, id: it.chatId }));
    const items = found.page.map((it) => ({
      chat_id: it.chatId,
      workflow_name: it.workflow,
      title: it.title,
      created_at: isoTime(it.createdAt),
      last_activity_at: isoTime(it.lastActivityAt),
    }));
    return c.json({ items, next_cursor: found.next_cursor }, 200);
  },
);

chatRoutes.openapi(
  route({
    method: "patch",
    path: "/api/chats/{enterprise_id}/{chat_id}",
    tags,
    summary: "Call a chat of mine something else",
    access: "chat",
    request: { params: ofChat, body: jsonBody(changeChat) },
    responses: answers(200, changeChat, "What it is called now"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const { title } = c.req.valid("json");
    const scope = await scopeOfMine(c, enterprise_id, chat_id);
    await renameChat(c.env.deps.db, scope, chat_id, title);
    return c.json({ title }, 200);
  },
);

chatRoutes.openapi(
  route({
    method: "delete",
    path: "/api/chats/{enterprise_id}/{chat_id}",
    tags,
    summary: "Delete a chat of mine, with all that was said in it",
    description:
      "For the app's team too. What its tools have done stays done, and what it used stays counted.",
    access: "chat",
    request: { params: ofChat },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    await eraseChats(c.env.deps, await scopeOfMine(c, enterprise_id, chat_id), [chat_id]);
    return c.json({ deleted: true } as const, 200);
  },
);

chatRoutes.openapi(
  route({
    method: "get",
    path: "/api/chats/{enterprise_id}/{chat_id}/bill",
    tags,
    summary: "What a chat used and cost",
    access: "session",
    request: { params: ofChat, query: billQuery },
    responses: answers(200, bill, "The bill so far; final once nothing of the chat is under way"),
  }),
  async (c) => {
    const { enterprise_id, chat_id } = c.req.valid("param");
    const { cursor, limit } = c.req.valid("query");
    const seen = await seeEnterprise(c, enterprise_id);
    const chat = await findBilledChat(c, seen, chat_id);
    const { payer, sees } = sessionOpenOf(seen, chat, c.var.principal);
    const page = { after: cursor, limit };
    const whole = await askLedger(c.env.deps.env, payer, (ledger) => ledger.bill(chat_id, page));
    return c.json(billView({ ...whole, enterprise_id }, sees), 200);
  },
);
