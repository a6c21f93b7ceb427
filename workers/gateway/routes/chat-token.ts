import { signChatToken } from "#auth/chat-token";
import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import { findChat } from "#chats/find-chat";
import { chatToken, chatTokenRequest } from "#protocol/api/chat";
import { isOwnChat } from "../find-own-chat.ts";
import { answers, jsonBody, orAppId, route, routes } from "../route.ts";
import { seeEnterprise } from "../see-enterprise.ts";

export const chatTokenRoutes = routes();

chatTokenRoutes.openapi(
  route({
    method: "post",
    path: "/api/chats/token",
    tags: ["Chats"],
    summary: "A short-lived token for sockets",
    access: "session",
    request: { body: jsonBody(orAppId(chatTokenRequest)) },
    responses: answers(200, chatToken, "Good for 15 minutes"),
  }),
  async (c) => {
    const { enterprise_id, chat_id, user_id } = c.req.valid("json");
    const { deps } = c.env;
    const who = c.var.principal;
    const seen = await seeEnterprise(c, enterprise_id);
    if (user_id !== undefined && user_id !== who.user_id) throw appError("NOT_FOUND");
    if (chat_id !== undefined) {
      const chat = await findChat(deps.db, seen.scope, chat_id);
      if (chat !== null && !isOwnChat(seen, chat, who.user_id)) throw appError("NOT_FOUND");
    }
    const claims = {
      sub: who.user_id,
      realm: who.realm,
      enterprise_id,
      ...(chat_id ? { chat_id } : {}),
      ...(who.session_id ? { session_id: who.session_id } : {}),
    };
    const { token, expiresAt } = await signChatToken(
      claims,
      deps.env.TOKEN_SECRET,
      deps.clock.now(),
      LIMITS.chatTokenTtlMs,
    );
    return c.json({ access_token: token, expires_at: new Date(expiresAt).toISOString() }, 200);
  },
);
