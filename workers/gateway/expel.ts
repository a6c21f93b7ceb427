import { clearSeats } from "#chats/operator-seats";
import { may, type Role } from "#enterprises/may";
import type { Scope } from "#enterprises/scope";
import { keysMadeBy } from "#keys/keys";
import type { Deps } from "../compose.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import { eachChat } from "./each-chat.ts";
import { endKeys } from "./end-keys.ts";
import { openChatsIn } from "./end-sessions.ts";

/**
 * Closes every socket of a member whose role has changed to `role` (null: they are none any more): chats, their own and
 * others', and all of the app's live counters (who still may comes back at once). What they open next is judged by the
 * new role (T12, T13).
 */
export async function expel(deps: Deps, scope: Scope, userId: string, role: Role | null): Promise<void> {
  const { env, db } = deps;
  const id = scope.enterprise_id;
  const chats = await openChatsIn(deps, scope, userId);
  await ledgerFor(env, id).closeFeeds();
  await eachChat(env, id, chats, (session) => session.expel({ user_id: userId }));
  await clearSeats(db, scope, userId);
  // What they made keys for goes on only while they may manage keys.
  if (!may(role, "keys.change")) await endKeys(deps, scope, await keysMadeBy(db, scope, userId));
}
