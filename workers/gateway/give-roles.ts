import type { Scope } from "#enterprises/scope";
import { changeEndUser, findEndUser } from "#members/end-users";
import type { Deps } from "../compose.ts";
import { eachChat } from "./each-chat.ts";
import { openChatsIn } from "./end-sessions.ts";

/** Gives an end user these roles of the app and no others, in chats that may be open from the next turn on (T13). */
export async function giveRoles(deps: Deps, scope: Scope, userId: string, roles: string[]): Promise<void> {
  const { db, env, clock } = deps;
  const { here } = await findEndUser(db, scope, userId);
  const wanted = [...new Set(roles)];
  if (JSON.stringify(wanted) === JSON.stringify(here.roles)) return;
  const at = await changeEndUser(db, scope, userId, { roles: wanted, now: clock.now() });
  const chats = await openChatsIn(deps, scope, userId);
  const told = { roles: { roles: wanted, at } };
  await eachChat(env, scope.enterprise_id, chats, (session) => session.keep(told));
}
