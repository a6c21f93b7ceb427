import type { MiddlewareHandler } from "hono";
import { verifyChatToken } from "#auth/chat-token";
import { appError } from "#base/app-error";
import type { Ctx, GatewayEnv } from "../call.ts";
import { bearerOf, findTokenUser } from "../find-principal.ts";
import { requireSession } from "./require-session.ts";

const withSession = requireSession(false);

/**
 * For the routes of chats: a session, or a chat token, as sockets take it: in the header, or for what reads alone
 * (an `EventSource` sends no header) as query `access_token`. A token is good for its tenant and chat alone,
 * and one for a chat not for routes that name none: 404.
 */
export const requireChatCaller: MiddlewareHandler<GatewayEnv> = async (c, next) => {
  const header = c.req.header("authorization");
  const token =
    header === undefined && c.req.method === "GET" ? (c.req.query("access_token") ?? null) : bearerOf(header);
  if (token === null || token.split(".").length !== 3) return withSession(c, next);
  const { deps } = c.env;
  const { realm } = c.var.host;
  const claims = await verifyChatToken(token, deps.env.TOKEN_SECRET, deps.clock.now());
  if (claims === "expired") throw appError("TOKEN_EXPIRED");
  if (claims === "bad" || claims.realm !== realm) throw appError("UNAUTHENTICATED");
  const who = await findTokenUser(deps, claims);
  if (who === null) throw appError("UNAUTHENTICATED");
  for (const name of ["enterprise_id", "chat_id"] as const) {
    const named = c.req.param(name) ?? c.req.query(name);
    if (named !== undefined && claims[name] !== undefined && named !== claims[name])
      throw appError("NOT_FOUND");
  }
  // Where nothing names a chat a new one is meant, or all of them.
  if (claims.chat_id !== undefined && ofNoChat(c)) throw appError("NOT_FOUND");
  c.set("principal", who);
  c.set("tied", { enterprise_id: claims.enterprise_id, chat_id: claims.chat_id });
  await next();
};

/** Answers to cards name theirs in the body, or leave it to the token. */
const ofNoChat = (c: Ctx) => c.req.param("chat_id") === undefined && c.req.param("workflow") !== undefined;
