import { appError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import type { Scope } from "#enterprises/scope";
import { endDraft } from "#enterprises/set-live-version";
import { checkApp } from "#workflows/check-app";
import { findVersion } from "#workflows/list-versions";
import { loadVersion } from "#workflows/load-version";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { publishApp } from "./publish-app.ts";

/**
 * Makes a new version that equals an earlier one, or the draft, and makes it live. `expected`: only if that one is still
 * live (null: none). Errors: NOT_FOUND (no such version), INVALID_WORKFLOW (it does not fit this platform any more),
 * CONFLICT.
 */
export async function restoreVersion(
  env: Env,
  scope: Scope,
  userId: string,
  version: number,
  expected?: number | null,
): Promise<number> {
  const { db, files, knowsProvider } = compose(env);
  const enterprise = await findEnterprise(db, scope);
  if (!enterprise || !(await findVersion(db, scope, version))) throw appError("NOT_FOUND");
  const app = await loadVersion(files, scope, version);
  const issues = checkApp(app, { startable: Object.keys(app.workflows), knowsProvider });
  if (issues.length > 0) throw appError("INVALID_WORKFLOW", { issues });
  const live = enterprise.liveVersion;
  const base = live === null ? null : { version: live, app: (await loadVersion(files, scope, live)).app };
  const note =
    version === enterprise.draftVersion ? `published draft ${version}` : `restored version ${version}`;
  const origin = { note, ...(base ? { base } : {}) };
  const made = await publishApp(env, scope, userId, app, origin, expected);
  if (version === enterprise.draftVersion) await endDraft(db, scope, [version]);
  return made;
}
