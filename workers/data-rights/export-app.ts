import { listAudit } from "#audit/list-audit";
import { peopleOf } from "#auth/person-data";
import { isoTime } from "#base/clock";
import { monthsOfUse } from "#billing/usage-by-user";
import { listDomains } from "#domains/domain-store";
import type { Place } from "#enterprises/beyond";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import { ndjsonOf } from "#ledger/usage-text";
import { listMembers } from "#members/members";
import { csvHeader, csvRows } from "#tables/csv/write-csv";
import { knowledgeFileKey, logoFileKey } from "#workflows/file-key";
import { listVersions } from "#workflows/list-versions";
import { readVersion } from "#workflows/load-version";
import type { ZipFile } from "#workflows/zip/stream-zip";
import { askAppData } from "../app-data/ask-app-data.ts";
import type { Deps } from "../compose.ts";
import { readUsageRows } from "../gateway/usage-export.ts";
import { knowledgeFor } from "../knowledge/knowledge-for.ts";
import { webhooksFor } from "../webhooks-out/webhooks-out-for.ts";
import { chatFiles } from "./chat-files.ts";
import { jsonFile, linesOf, textParts } from "./zip-files.ts";

const AT_ONCE = 100;

type App = { scope: Scope; enterprise: EnterpriseRow };

/**
 * All that an app has, for its owner to keep: settings, every version, tables, files, people, chats, usage, the audit
 * log. No secret, no key, nothing that signs anybody in.
 */
export async function* appFiles(deps: Deps, app: App): AsyncGenerator<ZipFile> {
  const { db, env } = deps;
  const { scope, enterprise } = app;
  const id = scope.enterprise_id;
  const { joinHash: _, joinMadeAt: __, ...settings } = enterprise;
  yield jsonFile("app.json", {
    ...settings,
    domains: (await listDomains(db, scope)).map(({ host, status }) => ({ host, status })),
    webhooks: await webhooksFor(env, id).list(),
  });
  const logo = enterprise.logo && (await env.FILES.get(logoFileKey(scope, enterprise.logo.name)));
  if (logo) yield { path: `logo/${enterprise.logo?.name}`, bytes: new Uint8Array(await logo.arrayBuffer()) };
  yield jsonFile("members.json", await listMembers(db, scope));
  yield* linesOf("people", () =>
    pages(
      (after) => peopleOf(db, id, { after, limit: AT_ONCE }),
      (it) => it.user_id,
    ),
  );
  yield* versionFiles(deps, scope);
  yield* tableFiles(deps, id);
  yield* knowledgeFiles(deps, scope);
  yield* chatFiles(deps, app, null);
  for (const period of await monthsOfUse(db, scope))
    yield* textParts(`usage/${period}`, "ndjson", async function* () {
      for await (const rows of readUsageRows(env, scope, period)) yield ndjsonOf(rows);
    });
  yield* linesOf("audit", () => auditRows(deps, scope));
}

async function* pages<T>(
  read: (after: string) => PromiseLike<T[]>,
  idOf: (it: T) => string,
): AsyncGenerator<T> {
  for (let after = ""; ; ) {
    const page = await read(after);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < AT_ONCE) return;
    after = idOf(last);
  }
}

async function* versionFiles({ db, files }: Deps, scope: Scope): AsyncGenerator<ZipFile> {
  for (let before: number | null = null; ; ) {
    const versions: Awaited<ReturnType<typeof listVersions>> = await listVersions(db, scope, {
      before,
      limit: AT_ONCE,
    });
    for (const { version } of versions)
      for (const [path, text] of Object.entries(await readVersion(files, scope, version)))
        yield { path: `versions/${version}/${path}`, bytes: new TextEncoder().encode(text) };
    const last = versions.at(-1);
    if (!last || versions.length < AT_ONCE) return;
    before = last.version;
  }
}

async function* tableFiles({ env }: Deps, id: string): AsyncGenerator<ZipFile> {
  const style = { guard: false, meta: true };
  for (const { name, spec } of await askAppData(env, id, (it) => it.ownTables()))
    yield* textParts(`tables/${name}`, "csv", async function* () {
      yield csvHeader(spec, style);
      for (let after: number | null = 0; after !== null; ) {
        const from: number = after;
        const page: { rows: Parameters<typeof csvRows>[1]; next: number | null } = await askAppData(
          env,
          id,
          (it) => it.exportPage(name, from),
        );
        yield csvRows(spec, page.rows, style);
        after = page.next;
      }
    });
}

/** What the owner uploaded; the app's own files stand in its versions. */
async function* knowledgeFiles({ env }: Deps, scope: Scope): AsyncGenerator<ZipFile> {
  const knowledge = knowledgeFor(env, scope.enterprise_id);
  for (let after: { name: string; file_id: string } | null = null; ; ) {
    const found: Awaited<ReturnType<typeof knowledge.list>> = await knowledge.list(after, AT_ONCE);
    for (const { source, name, sha256, file_id } of found) {
      if (source !== "upload") continue;
      const bytes = await (await env.FILES.get(knowledgeFileKey(scope, sha256)))?.arrayBuffer();
      if (bytes) yield { path: `knowledge/${file_id}/${name}`, bytes: new Uint8Array(bytes) };
    }
    const last = found.at(-1);
    if (!last || found.length < AT_ONCE) return;
    after = { name: last.name, file_id: last.file_id };
  }
}

async function* auditRows({ db }: Deps, scope: Scope) {
  for (let before: Place | null = null; ; ) {
    const rows: Awaited<ReturnType<typeof listAudit>> = await listAudit(db, scope, {
      before,
      limit: AT_ONCE,
    });
    for (const { enterpriseId: _, at, ...row } of rows) yield { ...row, at: isoTime(at) };
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) return;
    before = { at: last.at, id: last.auditId };
  }
}
