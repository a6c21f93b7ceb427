import { appError } from "#base/app-error";
import { adoptLook } from "#enterprises/adopt-look";
import type { Scope } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import { searchedTables } from "#tables/searched-by";
import { publishVersion } from "#workflows/publish-version";
import { saveVersion } from "#workflows/save-version";
import { tablesFor } from "../app-data/tables-for.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { refreshTriggers } from "../triggers/triggers-for.ts";
import { tellOwner } from "../webhooks-out/webhooks-out-for.ts";

/**
 * Makes an app live as its next version and answers the number: files and index, then its tables, sample
 * rows and knowledge, then the pointer, last. What fails before leaves the old version live. `expected`: only if that version
 * is still the live one (null: none). Errors: CONFLICT (someone else published, or a column changed its type).
 */
export async function publishApp(
  env: Env,
  scope: Scope,
  userId: string,
  app: AppFiles,
  note: string,
  expected?: number | null,
): Promise<number> {
  const { db, files, clock } = compose(env);
  const version = await saveVersion({ db, files, clock }, scope, { app, note, createdBy: userId });
  await tablesFor(env, scope.enterprise_id).prepare(searchedTables(app), userId);
  await knowledgeFor(env, scope.enterprise_id).putApp(app.knowledge ?? {});
  const moved = await publishVersion(db, scope, version, clock.now(), expected);
  if (!moved)
    throw appError("CONFLICT", undefined, "Someone else published this app in the meantime. Try again.");
  await adoptLook(db, scope, app.app);
  await refreshTriggers(env, scope);
  await tellOwner(env, scope, "version.published", String(version), {
    version,
    published_by: userId,
  });
  return version;
}
