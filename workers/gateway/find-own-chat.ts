import { appError } from "#base/app-error";
import { findChat } from "#chats/find-chat";
import type { ChatRow } from "#chats/tables";
import { may } from "#enterprises/may";
import { GENERATOR } from "../chat-session/session-open.ts";
import type { Ctx } from "./call.ts";
import type { SeenAs } from "./see-enterprise.ts";

/** Whether a chat of this enterprise is this person's to open. Chats of the generator are for those who may build. */
export function isOwnChat(seen: SeenAs, chat: ChatRow, userId: string): boolean {
  return chat.userId === userId && (chat.workflow !== GENERATOR || may(seen.role, "app.build"));
}

/** The caller's own chat. Error: NOT_FOUND, also for someone else's. */
export async function findOwnChat(c: Ctx, seen: SeenAs, chatId: string): Promise<ChatRow> {
  const chat = await findChat(c.env.deps.db, seen.scope, chatId);
  if (chat === null || !isOwnChat(seen, chat, c.var.principal.user_id)) throw appError("NOT_FOUND");
  return chat;
}

/** A chat whose bill the caller may see: their own, or any of an app whose money they may see. Error: NOT_FOUND. */
export async function findBilledChat(c: Ctx, seen: SeenAs, chatId: string): Promise<ChatRow> {
  const chat = await findChat(c.env.deps.db, seen.scope, chatId);
  if (chat === null) throw appError("NOT_FOUND");
  const ofApp = may(seen.role, "money.read") && chat.workflow !== GENERATOR;
  if (!ofApp && !isOwnChat(seen, chat, c.var.principal.user_id)) throw appError("NOT_FOUND");
  return chat;
}
