import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { findChat } from "#chats/find-chat";
import type { ChatRow } from "#chats/tables";
import { may } from "#enterprises/may";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import { GENERATOR, type SessionOpen } from "../chat-session/session-open.ts";
import type { TeamMember } from "../chat-session/team.ts";
import type { Ctx } from "./call.ts";
import type { SeenAs } from "./see-enterprise.ts";
import { sessionOpenOf } from "./session-open-of.ts";

/** A chat of the app's people, for a member whose right to chats was checked. Builds are not theirs. Error: NOT_FOUND. */
export async function findTeamChat(c: Ctx, seen: SeenAs, chatId: string): Promise<ChatRow> {
  const chat = await findChat(c.env.deps.db, seen.scope, chatId);
  if (chat === null || chat.workflow === GENERATOR) throw appError("NOT_FOUND");
  return chat;
}

/** The object of such a chat, and the caller as it is told of them. */
export async function reachTeamChat(c: Ctx, seen: SeenAs, chatId: string) {
  const chat = await findTeamChat(c, seen, chatId);
  const { user_id, name } = c.var.principal;
  const by: TeamMember = { enterprise_id: seen.scope.enterprise_id, user_id, name: name || "The team" };
  return { chat, by, session: chatSessionFor(c.env.deps.env, seen.scope.enterprise_id, chatId) };
}

/** What the chat's object is told about a member who looks into it: money only where they may see the app's. */
export function operatorOpen(seen: SeenAs, chat: ChatRow, who: Principal): SessionOpen {
  const { user_id, session_id } = who;
  const open = sessionOpenOf(seen, chat, {
    user_id: chat.userId,
    name: "",
    ...(session_id && { session_id }),
  });
  const money = may(seen.role, "money.read");
  return { ...open, sees: { cost: money, balance: money, team: true }, operator: { user_id } };
}
