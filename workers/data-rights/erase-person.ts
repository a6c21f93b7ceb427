import type { Erasure } from "#auth/erasures";
import { FOUNDRY_REALM } from "#auth/realm";
import { removeUsageOf } from "#billing/usage-by-user";
import { appsChattedWith, chatsOfPerson } from "#chats/chats-of-person";
import { clearSeats } from "#chats/operator-seats";
import { forgetEndUser } from "#enterprises/end-user-data";
import { listRolesOf } from "#enterprises/list-enterprises";
import { type Scope, scopeOf } from "#enterprises/scope";
import { forgetVisitor } from "#identity/visitors";
import { endMembership } from "#members/members-data";
import { askAppData } from "../app-data/ask-app-data.ts";
import type { Deps } from "../compose.ts";
import { expel } from "../gateway/expel.ts";
import { webhooksFor } from "../webhooks-out/webhooks-out-for.ts";
import { eraseChats } from "./erase-chats.ts";

const CHATS_AT_ONCE = 50;
const ROWS_AT_ONCE = 500;

/** What somebody whose account is gone (`beginErasure`) has left: chats, files, rows and whatever names them. Repeating is harmless. */
export async function removePerson(deps: Deps, { realm, userId }: Erasure): Promise<void> {
  if (realm === FOUNDRY_REALM) await eraseCreator(deps, userId);
  else await eraseIn(deps, scopeOf(realm), userId);
}

/** A creator leaves every app that they run; what they had built there is the app's. */
async function eraseCreator(deps: Deps, userId: string): Promise<void> {
  for (const { enterpriseId } of await listRolesOf(deps.db, userId)) {
    await endMembership(deps.db, enterpriseId, userId);
    await expel(deps, scopeOf(enterpriseId), userId, null);
  }
  for (const scope of await appsChattedWith(deps.db, userId)) await eraseIn(deps, scope, userId);
}

async function eraseIn(deps: Deps, scope: Scope, userId: string): Promise<void> {
  const { env, db } = deps;
  const id = scope.enterprise_id;
  for (;;) {
    const chats = await chatsOfPerson(db, scope, userId, { after: "", limit: CHATS_AT_ONCE });
    if (chats.length === 0) break;
    await eraseChats(
      deps,
      scope,
      chats.map(({ chatId }) => chatId),
    );
  }
  while ((await askAppData(env, id, (it) => it.removeOf(userId, ROWS_AT_ONCE))) === ROWS_AT_ONCE);
  await webhooksFor(env, id).forget(userId);
  await clearSeats(db, scope, userId);
  await forgetVisitor(db, scope, userId);
  await forgetEndUser(db, scope, userId);
  await removeUsageOf(db, scope, userId);
}
