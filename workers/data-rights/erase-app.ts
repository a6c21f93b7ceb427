import { deleteAudit } from "#audit/note";
import { deleteRealm } from "#auth/delete-realm";
import { removeUsageByUser } from "#billing/usage-by-user";
import { forgetChats } from "#chats/chats-of-person";
import { listChatIds } from "#chats/list-chats";
import { deleteSeats } from "#chats/operator-seats";
import { deleteTeamWaits } from "#chats/team-waits";
import { doReleases } from "#domains/do-due";
import { removeDomains } from "#domains/domain-store";
import type { Scope } from "#enterprises/scope";
import { deleteIdentity } from "#identity/visitors";
import { deleteKeys } from "#keys/keys";
import { deleteSecrets } from "#secrets/secret-store";
import { deleteVersions } from "#workflows/delete-versions";
import { appDataFor } from "../app-data/app-data-for.ts";
import { destroyChat } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { domainDeps } from "../domains/domain-deps.ts";
import { eachChat } from "../gateway/each-chat.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { replaysFor } from "../replays/replays-for.ts";
import { ledgerFor } from "../token-ledger/ledger-for.ts";
import { triggersFor } from "../triggers/triggers-for.ts";
import { webhooksFor } from "../webhooks-out/webhooks-out-for.ts";

const CHATS_AT_ONCE = 50;

/**
 * Everything that an app whose rows are gone (`beginAppErasure`) has left: chats, objects, files, raw usage, end users.
 * Each step is tried though one before it failed, so that what is away keeps nothing else; then the first failure is
 * thrown. Repeating is harmless.
 */
export async function removeApp(deps: Deps, scope: Scope): Promise<void> {
  const { env, db, files } = deps;
  const id = scope.enterprise_id;
  const steps = [
    () => removeChats(deps, scope),
    () => triggersFor(env, id).destroy(),
    () => replaysFor(env, id).destroy(),
    () => webhooksFor(env, id).destroy(),
    () => appDataFor(env, id).destroy(),
    () => knowledgeFor(env, id).destroy(),
    () => ledgerFor(env, id).destroy(),
    // After the ledger, which passes nothing on any more.
    () => removeUsageByUser(db, scope),
    () => deleteTeamWaits(db, scope),
    () => deleteSeats(db, scope),
    () => deleteSecrets(db, scope),
    () => deleteKeys(db, scope),
    () => deleteIdentity(db, scope),
    () => deleteAudit(db, scope),
    () => deleteVersions(db, files, scope),
    () => deleteRealm(db, scope),
    () => removeDomains(db, scope, deps.clock.now()),
    // What the certificate service can't be told now is told by the schedule.
    () => doReleases(domainDeps(deps)),
  ];
  const failed: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (cause) {
      failed.push(cause);
    }
  }
  if (failed.length > 0) throw failed[0];
}

/** A page at a time, which then leaves the index, so that what breaks off goes on behind it. */
async function removeChats({ env, db }: Deps, scope: Scope): Promise<void> {
  const failed: unknown[] = [];
  for (let after = ""; ; ) {
    const page = await listChatIds(db, scope, { after, limit: CHATS_AT_ONCE });
    const last = page.at(-1);
    if (last === undefined) break;
    after = last;
    const gone: string[] = [];
    await eachChat(env, scope.enterprise_id, page, (_, chatId) =>
      destroyChat(env, scope.enterprise_id, chatId).then(
        () => gone.push(chatId),
        (cause: unknown) => failed.push(cause),
      ),
    );
    await forgetChats(db, scope, gone);
  }
  if (failed.length > 0) throw failed[0];
}
