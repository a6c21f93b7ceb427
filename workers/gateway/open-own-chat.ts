import { appError } from "#base/app-error";
import { openChat } from "#chats/start-chat";
import type { ChatRow } from "#chats/tables";
import { touchChat } from "#chats/touch-chat";
import type { Ctx } from "./call.ts";
import { chatVersion } from "./chat-version.ts";
import { isOwnChat } from "./find-own-chat.ts";
import type { LookedAt, WantedChat } from "./look-at-chat.ts";
import { refuseInMaintenance } from "./maintenance.ts";
import { type SeenAs, whyUnseen } from "./see-enterprise.ts";

/**
 * The chat of that id, made if there is none. Errors: APP_UNPUBLISHED, NOT_ADMITTED, MAINTENANCE (for a new one), NOT_FOUND (the enterprise is not there for them; another's chat,
 * another workflow's, no such workflow).
 */
export async function openOwnChat(
  c: Ctx,
  { who, seen, chat: found, isLive }: LookedAt,
  wanted: WantedChat,
): Promise<{ seen: SeenAs; chat: ChatRow }> {
  if (seen === null) throw appError(whyUnseen(c, wanted.enterprise_id));
  const { deps } = c.env;
  const { chat_id: chatId, workflow } = wanted;
  if (!found && isLive) refuseInMaintenance(seen);
  const chat =
    found ??
    (await openChat(deps, seen.scope, {
      userId: who.user_id,
      workflow,
      version: chatVersion(seen, workflow, isLive),
      chatId,
    }));
  if (chat === null || !isOwnChat(seen, chat, who.user_id) || chat.workflow !== workflow) {
    throw appError("NOT_FOUND");
  }
  if (found) c.executionCtx.waitUntil(touchChat(deps.db, seen.scope, chat.chatId, deps.clock.now()));
  return { seen, chat };
}
