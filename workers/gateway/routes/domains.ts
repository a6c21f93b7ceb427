import * as z from "zod";
import { differences } from "#audit/differences";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { LIMITS } from "#base/limits";
import { checkDomain } from "#domains/check-domain";
import { doReleases } from "#domains/do-due";
import {
  beginLook,
  claimDomain,
  findDomain,
  listDomains,
  removeDomain,
  setPrimary,
} from "#domains/domain-store";
import { readHost } from "#domains/host-name";
import { challengeName } from "#domains/look-at-dns";
import type { DomainRow } from "#domains/tables";
import type { EnterpriseRow } from "#enterprises/tables";
import { deleted } from "#protocol/api/app";
import { addDomain, domain, domains, patchDomain } from "#protocol/api/domain";
import { id } from "#protocol/ids";
import { domainUrl } from "../../app-url.ts";
import { domainDeps, ownHosts, targetOf } from "../../domains/domain-deps.ts";
import type { Env } from "../../env.ts";
import type { Ctx } from "../call.ts";
import { closeAtHost } from "../close-at-host.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Domains"];
const params = z.object({ enterprise_id: id });
const one = params.extend({ host: z.string().min(1).max(300) });
const path = "/api/apps/{enterprise_id}/domains";

/** The wire's shape of a claim. */
function view(env: Env, row: DomainRow, app: EnterpriseRow) {
  const time = (at: number | null) => (at === null ? null : isoTime(at));
  return {
    host: row.host,
    url: domainUrl(env, row.host),
    status: row.status,
    reason: row.reason,
    primary: app.primaryHost === row.host,
    records: [
      { type: "CNAME" as const, name: row.host, value: targetOf(env) },
      { type: "TXT" as const, name: challengeName(row.host), value: row.token },
    ],
    checked_at: time(row.checkedAt),
    next_check_at: time(row.nextCheckAt),
    created_at: isoTime(row.createdAt),
  };
}

/** A host of a path, in whatever spelling. Error: NOT_FOUND. */
function hostOf(typed: string): string {
  const read = readHost(typed, []);
  if (!read.ok) throw appError("NOT_FOUND");
  return read.host;
}

/** One of the app's, as it is now: who asks comes before what they ask for. Error: NOT_FOUND. */
async function seen(c: Ctx, { enterprise_id, host }: { enterprise_id: string; host: string }) {
  const { deps } = c.env;
  const { scope, enterprise } = await seeAs(c, enterprise_id, "app.read");
  return view(deps.env, await findDomain(deps.db, scope, hostOf(host)), enterprise);
}

export const domainRoutes = routes();

domainRoutes.openapi(
  route({
    method: "post",
    path,
    tags,
    summary: "Claim a host for the app; the answer says which DNS records prove it",
    access: "session",
    creates: true,
    request: { params, body: jsonBody(addDomain) },
    responses: answers(201, domain, "Claimed; nothing is served there yet"),
  }),
  async (c) => {
    const { deps } = c.env;
    const { enterprise_id } = c.req.valid("param");
    const read = readHost(c.req.valid("json").host, ownHosts(deps.env));
    const deed = { action: "domains.add", ...(read.ok ? { target: read.host } : {}) };
    const made = await privileged(c, enterprise_id, "app.domains", deed, async ({ scope, enterprise }) => {
      if (!read.ok) throw appError("BAD_REQUEST", { issues: [{ path: "host", message: read.reason }] });
      const it = { host: read.host, token: deps.newId("mozaiks"), now: deps.clock.now() };
      return view(deps.env, await claimDomain(deps.db, scope, it), enterprise);
    });
    return c.json(made, 201);
  },
);

domainRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "The app's own hosts, and how each stands",
    access: "session",
    request: { params },
    responses: answers(200, domains, "All of them, oldest first"),
  }),
  async (c) => {
    const { deps } = c.env;
    const { scope, enterprise } = await seeAs(c, c.req.valid("param").enterprise_id, "app.read");
    const items = (await listDomains(deps.db, scope)).map((it) => view(deps.env, it, enterprise));
    return c.json({ items, max_domains: LIMITS.domainsPerApp }, 200);
  },
);

domainRoutes.openapi(
  route({
    method: "get",
    path: `${path}/{host}`,
    tags,
    summary: "One host: its records and how it stands",
    access: "session",
    request: { params: one },
    responses: answers(200, domain, "The host"),
  }),
  async (c) => c.json(await seen(c, c.req.valid("param")), 200),
);

domainRoutes.openapi(
  route({
    method: "post",
    path: `${path}/{host}/check`,
    tags,
    summary: "Look at its DNS and certificate now",
    access: "session",
    request: { params: one },
    responses: answers(200, domain, "How it stands now"),
  }),
  async (c) => {
    const { enterprise_id, host: typed } = c.req.valid("param");
    const { deps } = c.env;
    const deed = { action: "domains.check", target: typed };
    await privileged(c, enterprise_id, "app.domains", deed, async ({ scope }) => {
      const host = hostOf(typed);
      const found = await findDomain(deps.db, scope, host);
      const now = deps.clock.now();
      const row = await beginLook(deps.db, scope, host, now);
      if (row === null) {
        const wait = (found.checkedAt ?? now) + LIMITS.domainCheckEveryMs - now;
        throw appError("RATE_LIMITED", { retry_after_s: Math.max(1, Math.ceil(wait / 1_000)) });
      }
      await checkDomain(domainDeps(deps), row);
    });
    return c.json(await seen(c, c.req.valid("param")), 200);
  },
);

domainRoutes.openapi(
  route({
    method: "patch",
    path: `${path}/{host}`,
    tags,
    summary: "Make it the app's main address, or no longer",
    access: "session",
    request: { params: one, body: jsonBody(patchDomain) },
    responses: answers(200, domain, "Changed"),
  }),
  async (c) => {
    const { enterprise_id, host: typed } = c.req.valid("param");
    const { primary } = c.req.valid("json");
    const { deps } = c.env;
    const details: Record<string, unknown> = {};
    const deed = { action: "domains.set_primary", target: typed, details };
    await privileged(c, enterprise_id, "app.domains", deed, async ({ scope, enterprise }) => {
      const host = hostOf(typed);
      await findDomain(deps.db, scope, host);
      const { primaryHost } = enterprise;
      const after = primary ? host : primaryHost === host ? null : primaryHost;
      Object.assign(details, differences({ primary_host: primaryHost }, { primary_host: after }));
      if (primary) await setPrimary(deps.db, scope, host);
      else if (primaryHost === host) await setPrimary(deps.db, scope, null);
    });
    return c.json(await seen(c, c.req.valid("param")), 200);
  },
);

domainRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/{host}`,
    tags,
    summary: "Give a host up: nothing is served there any more",
    access: "session",
    request: { params: one },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, host } = c.req.valid("param");
    const { deps } = c.env;
    const deed = { action: "domains.remove", target: host };
    await privileged(c, enterprise_id, "app.domains", deed, async ({ scope }) => {
      await removeDomain(deps.db, scope, hostOf(host), deps.clock.now());
      await closeAtHost(deps, scope, hostOf(host));
    });
    // What can't be done now is done by the schedule.
    c.executionCtx.waitUntil(doReleases(domainDeps(deps)));
    return c.json({ deleted: true } as const, 200);
  },
);
