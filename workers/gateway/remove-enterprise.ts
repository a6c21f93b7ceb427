import { deleteAudit } from "#audit/note";
import { deleteRealm } from "#auth/delete-realm";
import { removeUsageByUser } from "#billing/usage-by-user";
import { listChatIds } from "#chats/list-chats";
import { deleteSeats } from "#chats/operator-seats";
import { deleteTeamWaits } from "#chats/team-waits";
import { removeChats } from "#chats/touch-chat";
import { doReleases } from "#domains/do-due";
import { removeDomains } from "#domains/domain-store";
import { deleteEnterprise } from "#enterprises/delete-enterprise";
import type { Scope } from "#enterprises/scope";
import { unpublish } from "#enterprises/set-live-version";
import { deleteIdentity } from "#identity/visitors";
import { deleteKeys } from "#keys/keys";
import { deleteSecrets } from "#secrets/secret-store";
import { deleteVersions } from "#workflows/delete-versions";
import { appDataFor } from "../app-data/app-data-for.ts";
import { destroyChat } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { domainDeps } from "../domains/domain-deps.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { replaysFor } from "../replays/replays-for.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import { triggersFor } from "../triggers/triggers-for.ts";
import { webhooksFor } from "../webhooks-out/webhooks-out-for.ts";
import { eachChat } from "./each-chat.ts";

/**
 * Deletes an enterprise with all it has: chats, app data, knowledge, ledger, files (raw usage too), end users, rows. Its own row goes last, so
 * what was cut short can be asked for again; repeating is harmless.
 */
export async function removeEnterprise(deps: Deps, scope: Scope): Promise<void> {
  const { env, db, files } = deps;
  const id = scope.enterprise_id;
  await unpublish(db, scope);
  // What the certificate service can't be told now is told by the schedule.
  await removeDomains(db, scope, deps.clock.now());
  await doReleases(domainDeps(deps));
  // First of all, so that nothing starts a chat any more.
  await triggersFor(env, id).destroy();
  await replaysFor(env, id).destroy();
  await webhooksFor(env, id).destroy();
  const chats = await listChatIds(db, scope);
  await eachChat(env, id, chats, (_, chatId) => destroyChat(env, id, chatId));
  await Promise.all([
    appDataFor(env, id).destroy(),
    knowledgeFor(env, id).destroy(),
    ledgerFor(env, id).destroy(),
  ]);
  // After the ledger, which passes nothing on any more.
  await removeUsageByUser(db, scope);
  await removeChats(db, scope);
  await deleteTeamWaits(db, scope);
  await deleteSeats(db, scope);
  await deleteSecrets(db, scope);
  await deleteKeys(db, scope);
  await deleteIdentity(db, scope);
  await deleteAudit(db, scope);
  await deleteVersions(db, files, scope);
  await deleteRealm(db, scope);
  await deleteEnterprise(db, scope);
}
