import * as z from "zod";
import { askForFreshSession } from "#auth/fresh-session";
import { personData } from "#auth/person-data";
import { FOUNDRY_REALM } from "#auth/realm";
import { appError } from "#base/app-error";
import { appsChattedWith } from "#chats/chats-of-person";
import { findEnterprise } from "#enterprises/enterprise";
import { listRolesOf } from "#enterprises/list-enterprises";
import { type Scope, scopeOf } from "#enterprises/scope";
import { ownedAlone } from "#members/members-data";
import { deleted } from "#protocol/api/app";
import { id } from "#protocol/ids";
import { streamZip, type ZipFile } from "#workflows/zip/stream-zip";
import { erasePerson } from "../../data-rights/erase.ts";
import { appFiles } from "../../data-rights/export-app.ts";
import { personFiles } from "../../data-rights/export-person.ts";
import { mustBeFew } from "../../rate-limiter/limit.ts";
import type { Ctx } from "../call.ts";
import { privileged } from "../privileged.ts";
import { answers, answersFile, route, routes } from "../route.ts";
import { bytesOf } from "../stream-of.ts";

const tags = ["Data"];
const app = z.object({ enterprise_id: id });
const person = app.extend({ user_id: id });
const zip = answersFile("application/zip", "A zip");

export const dataRightsRoutes = routes();

dataRightsRoutes.openapi(
  route({
    method: "get",
    path: "/api/me/export",
    tags,
    summary: "All that is held of me here, as a zip",
    access: "session",
    responses: zip,
  }),
  async (c) => {
    const { user_id, realm } = c.var.principal;
    await mayExport(c);
    return zipOf(
      personFiles(c.env.deps, { realm, userId: user_id, apps: await appsOf(c, realm, user_id) }),
      "my-data",
    );
  },
);

dataRightsRoutes.openapi(
  route({
    method: "delete",
    path: "/api/me",
    tags,
    summary: "Delete me, with all I have here",
    description:
      "Asks for a session that began within ten minutes. Who is the only owner of an app deletes it, or hands it over, first.",
    access: "session",
    responses: answers(200, deleted, "Gone; what takes longer goes on by itself"),
  }),
  async (c) => {
    const { db, clock } = c.env.deps;
    const { user_id, realm, session_id, guest = false } = c.var.principal;
    // A guest has nothing to sign in with again.
    if (!guest)
      await askForFreshSession(db, realm, { userId: user_id, sessionId: session_id, now: clock.now() });
    if (realm === FOUNDRY_REALM) {
      const apps = await ownedAlone(db, user_id);
      if (apps.length > 0)
        throw appError(
          "CONFLICT",
          { apps },
          "You are the only owner of apps. Delete them, or hand them over, first.",
        );
    }
    await erasePerson(c.env.deps, { realm, userId: user_id });
    return c.json({ deleted: true } as const, 200);
  },
);

dataRightsRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/users/{user_id}/export",
    tags,
    summary: "All that an app holds of one of its end users, as a zip",
    access: "session",
    request: { params: person },
    responses: zip,
  }),
  async (c) => {
    const { enterprise_id, user_id } = c.req.valid("param");
    const { deps } = c.env;
    const deed = { action: "people.export", target: user_id };
    const files = await privileged(c, enterprise_id, "people.export", deed, async ({ scope, enterprise }) => {
      if ((await personData(deps.db, enterprise_id, user_id)) === null) throw appError("NOT_FOUND");
      return personFiles(deps, { realm: enterprise_id, userId: user_id, apps: [{ scope, enterprise }] });
    });
    return zipOf(files, user_id);
  },
);

dataRightsRoutes.openapi(
  route({
    method: "delete",
    path: "/api/apps/{enterprise_id}/users/{user_id}",
    tags,
    summary: "Delete an end user, with all they have in the app",
    access: "session",
    request: { params: person },
    responses: answers(200, deleted, "Gone; what takes longer goes on by itself"),
  }),
  async (c) => {
    const { enterprise_id, user_id } = c.req.valid("param");
    const deed = { action: "people.erase", target: user_id };
    await privileged(c, enterprise_id, "people.erase", deed, async () => {
      if (!(await erasePerson(c.env.deps, { realm: enterprise_id, userId: user_id })))
        throw appError("NOT_FOUND");
    });
    return c.json({ deleted: true } as const, 200);
  },
);

dataRightsRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/export",
    tags,
    summary: "All that an app has, as a zip",
    access: "session",
    request: { params: app },
    responses: zip,
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const deed = { action: "app.export" };
    const seen = await privileged(c, enterprise_id, "app.export", deed, async (it) => {
      await mayExport(c);
      return it;
    });
    return zipOf(appFiles(c.env.deps, seen), seen.enterprise.slug);
  },
);

/** A copy reads every store. Error: RATE_LIMITED. */
function mayExport(c: Ctx): Promise<void> {
  const { realm, user_id } = c.var.principal;
  return mustBeFew(c.env.deps, [[{ rate: "export_by_person", of: `${realm} ${user_id}` }]]);
}

/** Where somebody has anything: the app at whose address they are, or all that they run or have chatted with. */
async function appsOf(c: Ctx, realm: string, userId: string) {
  const { db } = c.env.deps;
  const scopes: Scope[] =
    realm === FOUNDRY_REALM
      ? [
          ...(await listRolesOf(db, userId)).map((it) => scopeOf(it.enterpriseId)),
          ...(await appsChattedWith(db, userId)),
        ]
      : [scopeOf(realm)];
  const unique = new Map(scopes.map((scope) => [scope.enterprise_id, scope]));
  const found = await Promise.all(
    [...unique.values()].map(async (scope) => ({ scope, enterprise: await findEnterprise(db, scope) })),
  );
  return found.flatMap(({ scope, enterprise }) => (enterprise ? [{ scope, enterprise }] : []));
}

/** Made as fast as it is taken. An error on the way breaks it off, so what is cut short never looks whole. */
function zipOf(files: AsyncGenerator<ZipFile>, name: string): Response {
  return new Response(bytesOf(streamZip(files)), {
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${name}.zip"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
