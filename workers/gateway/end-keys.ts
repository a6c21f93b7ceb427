import type { Scope } from "#enterprises/scope";
import { scopeOf } from "#enterprises/scope";
import { chatsOfKeys, clearKeySeats, noteKeySeat } from "#keys/keys";
import type { SessionOpen } from "../chat-session/session-open.ts";
import type { Deps } from "../compose.ts";
import type { Ctx } from "./call.ts";
import { eachChat } from "./each-chat.ts";

/** Before a socket or stream is opened by a token of a key: where it is to be found when the key ends (T22). */
export async function noteOpening(c: Ctx, open: SessionOpen): Promise<void> {
  const { enterprise_id, chat_id: chatId, key_id: keyId } = open;
  const { db, clock } = c.env.deps;
  if (keyId !== undefined) await noteKeySeat(db, scopeOf(enterprise_id), { keyId, chatId, now: clock.now() });
}

/**
 * Closes every socket and stream that was opened with a chat token of these keys, which open nothing any more. What
 * is opening meanwhile looks again by itself (`lookAgain`). A chat that can't be reached is a line in the log.
 */
export async function endKeys(deps: Deps, scope: Scope, keyIds: readonly string[]): Promise<void> {
  if (keyIds.length === 0) return;
  const { env, db, log } = deps;
  const id = scope.enterprise_id;
  const chats = await chatsOfKeys(db, scope, keyIds);
  await eachChat(env, id, chats, (session, chatId) =>
    session.expel({ key_ids: [...keyIds] }).catch((cause: unknown) => {
      log("error", "key.not_ended", { enterprise_id: id, chat_id: chatId, cause: String(cause) });
    }),
  );
  await clearKeySeats(db, scope, keyIds);
}
