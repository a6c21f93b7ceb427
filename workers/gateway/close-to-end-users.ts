import { LIMITS } from "#base/limits";
import { listChatsOfOthers } from "#chats/list-chats";
import type { Scope } from "#enterprises/scope";
import { listMembers } from "#members/members";
import type { Deps } from "../compose.ts";
import { eachChat } from "./each-chat.ts";

/**
 * Ends every socket and stream of an app's end users (1008, APP_UNPUBLISHED), those used last first. Who looks on from the
 * team stays. After the status has changed: what they open next is refused.
 */
export async function closeToEndUsers(
  { env, db, clock }: Pick<Deps, "env" | "db" | "clock">,
  scope: Scope,
): Promise<void> {
  const members = await listMembers(db, scope);
  const team = new Set(members.map(({ userId }) => userId));
  const chats = await listChatsOfOthers(db, scope, team, clock.now() - LIMITS.socketMaxAgeMs);
  await eachChat(env, scope.enterprise_id, chats, (session) => session.closeToOwner("APP_UNPUBLISHED"));
}
