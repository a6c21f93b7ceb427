import { LIMITS } from "#base/limits";
import { listOpenChatIds } from "#chats/list-chats";
import { findAppByDomain } from "#domains/domain-store";
import type { Scope } from "#enterprises/scope";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { SessionOpen } from "../chat-session/session-open.ts";
import type { Deps } from "../compose.ts";
import type { Ctx } from "./call.ts";
import { eachChat } from "./each-chat.ts";

/** Ends every socket and stream that was opened at a host that the app no longer has. What can't be reached is in the log. */
export async function closeAtHost(deps: Deps, scope: Scope, host: string): Promise<void> {
  const { env, db, clock, log } = deps;
  const id = scope.enterprise_id;
  try {
    const chats = await listOpenChatIds(db, scope, clock.now() - LIMITS.socketMaxAgeMs);
    await eachChat(env, id, chats, (session) => session.expel({ host }));
  } catch (cause) {
    log("error", "domains.not_closed", { enterprise_id: id, host, cause: String(cause) });
  }
}

/** What a chat is told, with the app's own domain that it was opened at. */
export function atHost(c: Ctx, open: SessionOpen): SessionOpen {
  return c.env.site?.kind === "domain" ? { ...open, host: c.env.site.host } : open;
}

/** Behind an opening at a domain: it may have gone meanwhile, and this one been looked for too early. */
export function lookAtHost(c: Ctx, { host, enterprise_id, chat_id }: SessionOpen): void {
  if (host === undefined) return;
  const { db, env } = c.env.deps;
  const look = async () => {
    if ((await findAppByDomain(db, host))?.enterpriseId === enterprise_id) return;
    await chatSessionFor(env, enterprise_id, chat_id).expel({ host });
  };
  c.executionCtx.waitUntil(look());
}
