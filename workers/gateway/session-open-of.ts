import type { Principal } from "#auth/principal";
import type { ChatRow } from "#chats/tables";
import { may } from "#enterprises/may";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { AppLimits } from "../chat-session/app-limits.ts";
import { GENERATOR, type SessionOpen } from "../chat-session/session-open.ts";
import { FOUNDRY } from "../publish/foundry-meter.ts";
import type { SeenAs } from "./see-enterprise.ts";

type Who = Pick<Principal, "user_id" | "name" | "session_id" | "key_id">;

/** Building is paid by the foundry, and its chat is a creator's own. */
export function generatorOpen(scope: Scope, chatId: string, who: Who): SessionOpen {
  return {
    enterprise_id: scope.enterprise_id,
    chat_id: chatId,
    user_id: who.user_id,
    ...(who.session_id && { session_id: who.session_id }),
    ...(who.key_id && { key_id: who.key_id }),
    user_name: who.name,
    workflow: GENERATOR,
    version: 0,
    sees: { cost: true, balance: true },
    payer: FOUNDRY,
  };
}

/** What a chat's object is told about a caller whose right to it was checked. */
export function sessionOpenOf(seen: SeenAs, chat: ChatRow, who: Who): SessionOpen {
  if (chat.workflow === GENERATOR) return generatorOpen(seen.scope, chat.chatId, who);
  const money = may(seen.role, "money.read");
  return {
    enterprise_id: seen.scope.enterprise_id,
    chat_id: chat.chatId,
    user_id: who.user_id,
    ...(who.session_id && { session_id: who.session_id }),
    ...(who.key_id && { key_id: who.key_id }),
    user_name: who.name,
    workflow: chat.workflow,
    version: chat.version,
    branding: seen.enterprise.branding,
    sees: { cost: money || seen.enterprise.showCost, balance: money },
    payer: seen.scope.enterprise_id,
    limits: limitsOfChats(seen.enterprise, seen.as === "end_user"),
    roles: seen.given,
  };
}

/** `ofEndUser`: the team goes on while the app is worked on. */
export function limitsOfChats({ chatLimits }: EnterpriseRow, ofEndUser: boolean): AppLimits {
  const { chat_rate_per_minute = null, sockets_per_user = null, at = 0, maintenance = null } = chatLimits;
  return { chat_rate_per_minute, sockets_per_user, at, ...(ofEndUser && maintenance ? { maintenance } : {}) };
}
