import { LIMITS } from "#base/limits";
import { mayEnter } from "#enterprises/access";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { openChatsHere } from "#members/end-users";
import type { Deps } from "../compose.ts";
import { eachChat } from "./each-chat.ts";

/**
 * Ends every socket and stream of those end users who may not come in any more (1008, NOT_ADMITTED), those used last
 * first. After what decides it has changed: what they open next is refused. Whom a key signed in comes back by it.
 */
export async function closeToUnadmitted(
  { env, db, clock }: Pick<Deps, "env" | "db" | "clock">,
  scope: Scope,
  { visibility }: Pick<EnterpriseRow, "visibility">,
): Promise<void> {
  const open = await openChatsHere(db, scope, clock.now() - LIMITS.socketMaxAgeMs);
  const out = open.filter(({ here }) => !mayEnter(visibility, here)).map(({ chatId }) => chatId);
  await eachChat(env, scope.enterprise_id, out, (session) => session.closeToOwner("NOT_ADMITTED"));
}
