import { chatsOfMember, clearSeats } from "#chats/operator-seats";
import type { Scope } from "#enterprises/scope";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";

const OBJECTS_AT_ONCE = 20;

/**
 * Closes every socket of a member whose role has changed: chats, their own and others', and all of the app's live
 * counters (who still may comes back at once). What they open next is judged by the new role (T12, T13).
 */
export async function expel(deps: Deps, scope: Scope, userId: string): Promise<void> {
  const { env, db } = deps;
  const id = scope.enterprise_id;
  const chats = await chatsOfMember(db, scope, userId);
  await ledgerFor(env, id).closeFeeds();
  for (let at = 0; at < chats.length; at += OBJECTS_AT_ONCE) {
    const some = chats.slice(at, at + OBJECTS_AT_ONCE);
    await Promise.all(some.map((chatId) => chatSessionFor(env, id, chatId).expel(userId)));
  }
  await clearSeats(db, scope, userId);
}
