import * as z from "zod";
import { FOUNDRY_REALM } from "#auth/realm";
import { isoTime } from "#base/clock";
import { listEnterprisesOf } from "#enterprises/list-enterprises";
import type { EnterpriseRow } from "#enterprises/tables";
import { me } from "#protocol/api/me";
import { myUsage, ownCap, type UsageTotals, usageQuery } from "#protocol/api/usage";
import { id } from "#protocol/ids";
import { usd } from "#protocol/money";
import { accepted } from "../answer-of.ts";
import { askLedger } from "../ask-ledger.ts";
import type { Ctx } from "../call.ts";
import { myUsageIn } from "../my-usage.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { lookAtEnterprise, seeEnterprise } from "../see-enterprise.ts";

const tags = ["People"];

/** Enough to choose from; the whole list is `GET /api/apps`. */
const MAX_LISTED = 100;

export const meRoutes = routes();

meRoutes.openapi(
  route({
    method: "get",
    path: "/api/me",
    tags,
    summary: "Who I am here",
    access: "session",
    responses: answers(200, me, "The caller"),
  }),
  async (c) => {
    const { user_id, email, name, realm, guest = false } = c.var.principal;
    const own =
      realm === FOUNDRY_REALM
        ? await listEnterprisesOf(c.env.deps.db, user_id, { before: null, limit: MAX_LISTED })
        : [];
    const enterprises = own.map(({ enterprise, role }) => ({
      enterprise_id: enterprise.enterpriseId,
      slug: enterprise.slug,
      name: enterprise.name,
      role,
    }));
    const { app } = c.var.host;
    const admitted = app === null || (await lookAtEnterprise(c, c.var.principal, app.enterpriseId)) !== null;
    return c.json({ user_id, email, name, realm, guest, admitted, enterprises }, 200);
  },
);

meRoutes.openapi(
  route({
    method: "get",
    path: "/api/me/usage",
    tags,
    summary: "What I used, by app",
    access: "session",
    request: { query: usageQuery },
    responses: answers(200, myUsage, "My usage of a month, and my limits"),
  }),
  async (c) => {
    const { deps } = c.env;
    const { user_id } = c.var.principal;
    const { period } = c.req.valid("query");
    const apps = await myApps(c);
    const by_enterprise = await myUsageIn(deps, apps, user_id, period);
    const as_of = isoTime(deps.clock.now());
    return c.json({ user_id, as_of, totals: sumOf(by_enterprise), by_enterprise }, 200);
  },
);

meRoutes.openapi(
  route({
    method: "put",
    path: "/api/me/cap/{enterprise_id}",
    tags,
    summary: "Limit what I may spend in an app in a month",
    access: "session",
    request: { params: z.object({ enterprise_id: id }), body: jsonBody(ownCap) },
    responses: answers(200, ownCap, "My limit as it is now"),
  }),
  async (c) => {
    const { scope } = await seeEnterprise(c, c.req.valid("param").enterprise_id);
    const { month_nano } = c.req.valid("json");
    const limit = month_nano === null ? null : BigInt(month_nano);
    const { user_id } = c.var.principal;
    const { env } = c.env.deps;
    accepted(await askLedger(env, scope.enterprise_id, (ledger) => ledger.setOwnCap(user_id, limit)));
    return c.json({ month_nano }, 200);
  },
);

/** The enterprises a person can have used: those they run, or the one whose user they are. */
async function myApps(c: Ctx): Promise<EnterpriseRow[]> {
  const { user_id, realm } = c.var.principal;
  if (realm !== FOUNDRY_REALM) return c.var.host.app ? [c.var.host.app] : [];
  const page = { before: null, limit: MAX_LISTED };
  return (await listEnterprisesOf(c.env.deps.db, user_id, page)).map(({ enterprise }) => enterprise);
}

function sumOf(lines: readonly UsageTotals[]): UsageTotals {
  const sum = (of: (line: UsageTotals) => number) => lines.reduce((all, line) => all + of(line), 0);
  const cost = lines.reduce((all, line) => all + BigInt(line.cost_nano), 0n);
  return {
    input_tokens: sum((line) => line.input_tokens),
    cached_input_tokens: sum((line) => line.cached_input_tokens),
    output_tokens: sum((line) => line.output_tokens),
    reasoning_tokens: sum((line) => line.reasoning_tokens),
    total_tokens: sum((line) => line.total_tokens),
    calls: sum((line) => line.calls),
    cost_nano: String(cost),
    cost_usd: usd(cost),
  };
}
