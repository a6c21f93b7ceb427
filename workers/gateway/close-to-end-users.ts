import { listChatsOfOthers } from "#chats/list-chats";
import type { Scope } from "#enterprises/scope";
import { listMembers } from "#members/members";
import type { Deps } from "../compose.ts";
import { eachChat } from "./each-chat.ts";

/**
 * Ends every socket and stream of an app's end users (1008, APP_UNPUBLISHED), those used last first. Who looks on from the
 * team stays. After the status has changed: what they open next is refused.
 */
export async function closeToEndUsers({ env, db }: Pick<Deps, "env" | "db">, scope: Scope): Promise<void> {
  const members = await listMembers(db, scope);
  const chats = await listChatsOfOthers(db, scope, new Set(members.map(({ userId }) => userId)));
  await eachChat(env, scope.enterprise_id, chats, (session) => session.closeToOwner());
}
