import type { z } from "zod";
import { signChatToken } from "#auth/chat-token";
import { findUser } from "#auth/find-user";
import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import { findChat } from "#chats/find-chat";
import { findVisitor } from "#identity/visitors";
import { chatToken, chatTokenRequest } from "#protocol/api/chat";
import type { Ctx } from "../call.ts";
import { isOwnChat } from "../find-own-chat.ts";
import { answers, jsonBody, orAppId, route, routes } from "../route.ts";
import { type SeenAs, seeAs, seeEnterprise } from "../see-enterprise.ts";

type Asked = z.infer<typeof chatTokenRequest>;

export const chatTokenRoutes = routes();

chatTokenRoutes.openapi(
  route({
    method: "post",
    path: "/api/chats/token",
    tags: ["Chats"],
    summary: "A short-lived token for sockets and for the routes of chats",
    description:
      "For the caller. An API key with the scope `chat:impersonate` asks for an end user of its app: by `user_id`, or by " +
      "`external_id`, the host site's own id of its visitor, who becomes an end user when they first come. The token is " +
      "for the app's own address (`/a/{slug}/…` too), and is void when the key is revoked, which closes what it opened.",
    access: "session",
    key: "chat:impersonate",
    request: { body: jsonBody(orAppId(chatTokenRequest)) },
    responses: answers(200, chatToken, "Good for 15 minutes"),
  }),
  async (c) => {
    const asked = c.req.valid("json");
    const { enterprise_id, chat_id } = asked;
    const { deps } = c.env;
    const { seen, who } = c.var.principal.program ? await forEndUser(c, asked) : await forOneself(c, asked);
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
      ...(who.key_id ? { key_id: who.key_id } : {}),
    };
    const { token, expiresAt } = await signChatToken(
      claims,
      deps.env.TOKEN_SECRET,
      deps.clock.now(),
      LIMITS.chatTokenTtlMs,
    );
    return c.json({ access_token: token, expires_at: isoTime(expiresAt), user_id: who.user_id }, 200);
  },
);

type For = { seen: SeenAs; who: Principal };

/** Errors: NOT_FOUND, also for anybody else. */
async function forOneself(c: Ctx, { enterprise_id, user_id, external_id }: Asked): Promise<For> {
  const seen = await seeEnterprise(c, enterprise_id);
  const who = c.var.principal;
  if (external_id !== undefined || (user_id !== undefined && user_id !== who.user_id))
    throw appError("NOT_FOUND");
  return { seen, who };
}

/** Errors: NOT_FOUND (nobody of this app), FORBIDDEN (not in the key's scopes), BAD_REQUEST (for whom?). */
async function forEndUser(c: Ctx, asked: Asked): Promise<For> {
  const seen = await seeAs(c, asked.enterprise_id, "chats.impersonate");
  const { db, newId, clock } = c.env.deps;
  const { user_id, external_id: externalId, name } = asked;
  if (user_id === undefined && externalId === undefined)
    throw appError("BAD_REQUEST", { issues: [{ path: "external_id", message: "must name the visitor" }] });
  const found =
    externalId === undefined
      ? await findUser(db, seen.scope.enterprise_id, user_id ?? "")
      : await findVisitor({ db, newId }, seen.scope, { externalId, name, now: clock.now() });
  if (found === null) throw appError("NOT_FOUND");
  return { seen, who: { ...found, key_id: c.var.principal.user_id } };
}
