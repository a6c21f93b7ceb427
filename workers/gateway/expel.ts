import { LIMITS } from "#base/limits";
import { chatsOfMember, clearSeats } from "#chats/operator-seats";
import type { Scope } from "#enterprises/scope";
import type { Deps } from "../compose.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import { eachChat } from "./each-chat.ts";

/**
 * Closes every socket of a member whose role has changed: chats, their own and others', and all of the app's live
 * counters (who still may comes back at once). What they open next is judged by the new role (T12, T13).
 */
export async function expel(deps: Deps, scope: Scope, userId: string): Promise<void> {
  const { env, db, clock } = deps;
  const id = scope.enterprise_id;
  const chats = await chatsOfMember(db, scope, userId, clock.now() - LIMITS.socketMaxAgeMs);
  await ledgerFor(env, id).closeFeeds();
  await eachChat(env, id, chats, (session) => session.expel({ user_id: userId }));
  await clearSeats(db, scope, userId);
}
