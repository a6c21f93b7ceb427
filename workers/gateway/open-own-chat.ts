import type { Principal } from "#auth/principal";
import { appError } from "#base/app-error";
import { findChat } from "#chats/find-chat";
import { openChat } from "#chats/start-chat";
import type { ChatRow } from "#chats/tables";
import { touchChat } from "#chats/touch-chat";
import type { Ctx } from "./call.ts";
import { chatVersion } from "./chat-version.ts";
import { isOwnChat } from "./find-own-chat.ts";
import type { SeenAs } from "./see-enterprise.ts";

/** The chat of that id, made if there is none. Error: NOT_FOUND (another's, another workflow's, no such workflow). */
export async function openOwnChat(
  c: Ctx,
  seen: SeenAs,
  who: Principal,
  wanted: { chat_id: string; workflow: string },
): Promise<ChatRow> {
  const { deps } = c.env;
  const { chat_id: chatId, workflow } = wanted;
  const found = await findChat(deps.db, seen.scope, chatId);
  const chat =
    found ??
    (await openChat(deps, seen.scope, {
      userId: who.user_id,
      workflow,
      version: await chatVersion(deps, seen, workflow),
      chatId,
    }));
  if (chat === null || !isOwnChat(seen, chat, who.user_id) || chat.workflow !== workflow) {
    throw appError("NOT_FOUND");
  }
  if (found) c.executionCtx.waitUntil(touchChat(deps.db, seen.scope, chat.chatId, deps.clock.now()));
  return chat;
}
