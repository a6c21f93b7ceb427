import { appError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import type { Scope } from "#enterprises/scope";
import { loadVersion } from "#workflows/load-version";
import { parseApp } from "#workflows/parse-app";
import { readZip } from "#workflows/zip/read-zip";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { proveApp } from "./prove-app.ts";
import { keepDraft, publishApp } from "./publish-app.ts";

/**
 * Makes an app of a zip of its files, as its next version: live at once, or its draft. Nothing is kept of one that is
 * not whole or whose own conversations fail. Errors: INVALID_WORKFLOW and ACCEPTANCE_FAILED (`details.issues`), CONFLICT.
 */
export async function importApp(
  env: Env,
  scope: Scope,
  userId: string,
  zip: Uint8Array<ArrayBuffer>,
  as: "live" | "draft",
): Promise<number> {
  const read = await readZip(zip);
  if (!read.ok) {
    const { path, message } = read;
    throw appError("INVALID_WORKFLOW", { issues: [{ path: path || "file", message }] });
  }
  return keepTexts(env, scope, userId, read.texts, as, "imported");
}

/** The same of the files' texts. `note`: why there is this version. */
export async function keepTexts(
  env: Env,
  scope: Scope,
  userId: string,
  texts: Readonly<Record<string, string>>,
  as: "live" | "draft",
  note: string,
): Promise<number> {
  const { db, files, newId } = compose(env);
  const parsed = parseApp(texts);
  if (!parsed.ok) throw appError("INVALID_WORKFLOW", { issues: parsed.issues });
  const enterprise = await findEnterprise(db, scope);
  if (!enterprise) throw appError("NOT_FOUND");
  await proveApp(env, scope.enterprise_id, newId("imp"), parsed.files);
  const live = enterprise.liveVersion;
  const base = live === null ? null : { version: live, app: (await loadVersion(files, scope, live)).app };
  const origin = { note, ...(base ? { base } : {}) };
  if (as === "draft") return keepDraft(env, scope, userId, parsed.files, origin);
  return publishApp(env, scope, userId, parsed.files, origin, live);
}
