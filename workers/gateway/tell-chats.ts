import { LIMITS } from "#base/limits";
import { listOpenChatIds } from "#chats/list-chats";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { Deps } from "../compose.ts";
import { eachChat } from "./each-chat.ts";
import { limitsOfChats } from "./session-open-of.ts";

/** Tells every chat that may be open what its app has set of it. A chat that opens later learns it then. */
export async function tellChats(deps: Deps, scope: Scope, enterprise: EnterpriseRow): Promise<void> {
  const { env, db, clock } = deps;
  const chats = await listOpenChatIds(db, scope, clock.now() - LIMITS.socketMaxAgeMs);
  const limits = limitsOfChats(enterprise);
  await eachChat(env, scope.enterprise_id, chats, (session) => session.setLimits(limits));
}
