import * as z from "zod";
import { differences } from "#audit/differences";
import { findUser } from "#auth/find-user";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { unpublish } from "#enterprises/set-live-version";
import type { EnterpriseRow } from "#enterprises/tables";
import { app } from "#protocol/api/app";
import { listOf, listQuery } from "#protocol/api/list";
import {
  type ListedVersion,
  listedVersion,
  publishedVersion,
  publishVersion,
  versionDiff,
  versionFiles,
} from "#protocol/api/version";
import { id } from "#protocol/ids";
import { diffApps } from "#workflows/diff/diff-apps";
import { findVersion, listVersions, type VersionRow } from "#workflows/list-versions";
import { loadVersion, readVersion } from "#workflows/load-version";
import { appUrl } from "../../app-url.ts";
import { restoreVersion } from "../../publish/restore-version.ts";
import { refreshTriggers } from "../../triggers/triggers-for.ts";
import { appView } from "../addresses.ts";
import type { Ctx } from "../call.ts";
import { closeToEndUsers } from "../close-to-end-users.ts";
import { pageOf, placeOf } from "../page.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["Versions"];
const base = "/api/apps/{enterprise_id}";
const number = z.coerce.number().int().min(1).max(1_000_000_000);
const ofApp = z.object({ enterprise_id: id });
const ofVersion = z.object({ enterprise_id: id, version: number });

/** Names of the people who made versions: a page has few of them. */
async function namesOf(c: Ctx, rows: readonly VersionRow[]): Promise<Map<string, string | null>> {
  const ids = [...new Set(rows.map((row) => row.createdBy))];
  const found = await Promise.all(ids.map((it) => findUser(c.env.deps.db, FOUNDRY_REALM, it)));
  return new Map(ids.map((it, at) => [it, found[at]?.name ?? null]));
}

function shown(row: VersionRow, enterprise: EnterpriseRow, names: Map<string, string | null>): ListedVersion {
  const { version } = row;
  const isLive = version === enterprise.liveVersion;
  const time = (ms: number) => new Date(ms).toISOString();
  return {
    version,
    status: isLive ? "live" : version === enterprise.draftVersion ? "draft" : "earlier",
    note: row.note,
    by: { user_id: row.createdBy, name: names.get(row.createdBy) ?? null },
    at: time(row.createdAt),
    published_at: row.publishedAt === null ? null : time(row.publishedAt),
    build_id: row.buildId,
    base_version: row.baseVersion,
  };
}

/** Error: NOT_FOUND, also for one whose save was cut. */
async function haveVersion(c: Ctx, { scope }: SeenAs, version: number): Promise<void> {
  if (!(await findVersion(c.env.deps.db, scope, version))) throw appError("NOT_FOUND");
}

export const versionRoutes = routes();

versionRoutes.openapi(
  route({
    method: "get",
    path: `${base}/versions`,
    tags,
    summary: "The app's versions, newest first",
    access: "session",
    request: { params: ofApp, query: listQuery },
    responses: answers(200, listOf(listedVersion), "A page of versions"),
  }),
  async (c) => {
    const { scope, enterprise } = await seeAs(c, c.req.valid("param").enterprise_id, "app.read");
    const { cursor, limit } = c.req.valid("query");
    const before = placeOf(cursor)?.at ?? null;
    const rows = await listVersions(c.env.deps.db, scope, { before, limit: limit + 1 });
    const { page, next_cursor } = pageOf(rows, limit, (row) => ({ at: row.version, id: "version" }));
    const names = await namesOf(c, page);
    return c.json({ items: page.map((row) => shown(row, enterprise, names)), next_cursor }, 200);
  },
);

versionRoutes.openapi(
  route({
    method: "get",
    path: `${base}/versions/{version}/files`,
    tags,
    summary: "The files of a version",
    access: "session",
    request: { params: ofVersion },
    responses: answers(200, versionFiles, "Texts by path"),
  }),
  async (c) => {
    const { enterprise_id, version } = c.req.valid("param");
    const seen = await seeAs(c, enterprise_id, "app.build");
    await haveVersion(c, seen, version);
    return c.json({ version, files: await readVersion(c.env.deps.files, seen.scope, version) }, 200);
  },
);

versionRoutes.openapi(
  route({
    method: "get",
    path: `${base}/versions/{version}/diff/{to}`,
    tags,
    summary: "What changed from one version to another",
    access: "session",
    request: { params: ofVersion.extend({ to: number }) },
    responses: answers(200, versionDiff, "In words, and as unified diffs"),
  }),
  async (c) => {
    const { enterprise_id, version: from, to } = c.req.valid("param");
    const seen = await seeAs(c, enterprise_id, "app.build");
    await haveVersion(c, seen, from);
    await haveVersion(c, seen, to);
    const { files } = c.env.deps;
    const [before, after] = await Promise.all([
      loadVersion(files, seen.scope, from),
      loadVersion(files, seen.scope, to),
    ]);
    return c.json({ from, to, ...diffApps(before, after) }, 200);
  },
);

versionRoutes.openapi(
  route({
    method: "post",
    path: `${base}/versions/{version}/publish`,
    tags,
    summary: "Make a new version that equals this one, live at once",
    access: "session",
    creates: true,
    request: { params: ofVersion, body: jsonBody(publishVersion) },
    responses: answers(201, publishedVersion, "Live"),
  }),
  async (c) => {
    const { enterprise_id, version } = c.req.valid("param");
    const { expected_live } = c.req.valid("json");
    const { env } = c.env.deps;
    const details: Record<string, unknown> = { from: version };
    const deed = { action: "versions.publish", target: String(version), details };
    const made = await privileged(c, enterprise_id, "app.build", deed, async ({ scope, enterprise }) => {
      const live = await restoreVersion(env, scope, c.var.principal.user_id, version, expected_live);
      Object.assign(details, {
        version: live,
        ...differences({ live_version: enterprise.liveVersion }, { live_version: live }),
      });
      return { version: live, url: appUrl(env, enterprise) };
    });
    return c.json(made, 201);
  },
);

versionRoutes.openapi(
  route({
    method: "post",
    path: `${base}/unpublish`,
    tags,
    summary: "Close the app to its end users; publishing a version opens it again",
    access: "session",
    creates: true,
    request: { params: ofApp },
    responses: answers(200, app, "The app as it is now"),
  }),
  async (c) => {
    const deed = { action: "app.unpublish" };
    const { deps } = c.env;
    const view = await privileged(c, c.req.valid("param").enterprise_id, "app.change", deed, async (seen) => {
      const { scope, enterprise } = seen;
      if (enterprise.status === "draft")
        throw appError("CONFLICT", undefined, "This app was never published.");
      await unpublish(deps.db, scope);
      await refreshTriggers(deps.env, scope);
      await closeToEndUsers(deps, scope);
      return appView(deps.env, { ...enterprise, status: "unpublished" });
    });
    return c.json(view, 200);
  },
);
