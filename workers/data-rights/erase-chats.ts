import { appError } from "#base/app-error";
import { forgetChats } from "#chats/chats-of-person";
import type { Scope } from "#enterprises/scope";
import { forgetSeats } from "#keys/keys";
import { destroyChat } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { eachChat } from "../gateway/each-chat.ts";
import { replaysFor } from "../replays/replays-for.ts";
import { webhooksFor } from "../webhooks-out/webhooks-out-for.ts";

/**
 * Deletes chats with all that was said in them, once the ledger has what they used: nobody talks for nothing by deleting.
 * Repeating is harmless. Error: LEDGER_UNAVAILABLE, and they are there still.
 */
export async function eraseChats({ env, db }: Deps, scope: Scope, chatIds: readonly string[]): Promise<void> {
  const id = scope.enterprise_id;
  await eachChat(env, id, chatIds, async (session) => {
    if (!(await session.finish())) throw appError("LEDGER_UNAVAILABLE");
  });
  await replaysFor(env, id).forget([...chatIds]);
  await eachChat(env, id, chatIds, (_, chatId) => destroyChat(env, id, chatId));
  // What its end had to tell is in there by now.
  await webhooksFor(env, id).forgetChats(chatIds);
  // The index goes last: what it names and is still there is found again.
  await forgetSeats(db, scope, chatIds);
  await forgetChats(db, scope, chatIds);
}
