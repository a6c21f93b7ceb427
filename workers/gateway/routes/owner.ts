import * as z from "zod";
import { isoTime } from "#base/clock";
import { chatCounts } from "#chats/list-chats";
import { UNUSED } from "#ledger/totals";
import { findStepsDone } from "#members/steps-done";
import { analytics, analyticsQuery } from "#protocol/api/analytics";
import { stepsDone } from "#protocol/api/steps-done";
import { selfCheck, usage, usageQuery } from "#protocol/api/usage";
import { ownerWorkflows } from "#protocol/api/workflow";
import { id } from "#protocol/ids";
import { listWorkflows } from "#workflows/list-workflows";
import { knowledgeFor } from "../../knowledge/knowledge-for.ts";
import { ledgerFor } from "../../token-ledger/ledger-for.ts";
import { accepted } from "../answer-of.ts";
import { askLedger } from "../ask-ledger.ts";
import { answers, route, routes } from "../route.ts";
import { seeAs } from "../see-enterprise.ts";

const tags = ["Owner"];
const params = z.object({ enterprise_id: id });

export const ownerRoutes = routes();

ownerRoutes.openapi(
  route({
    method: "get",
    path: "/api/apps/{enterprise_id}/steps-done",
    tags,
    summary: "What its owner has done already of what most do once an app is live",
    access: "session",
    request: { params },
    responses: answers(200, stepsDone, "As the app stands"),
  }),
  async (c) => {
    const { deps } = c.env;
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "app.read");
    const [done, files] = await Promise.all([
      findStepsDone(deps.db, scope),
      knowledgeFor(deps.env, scope.enterprise_id).list(null, 1),
    ]);
    return c.json({ ...done, knowledge: files.length > 0 }, 200);
  },
);

ownerRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/workflows/{enterprise_id}",
    tags,
    summary: "Every workflow with its use",
    access: "session",
    key: "app.read",
    request: { params },
    responses: answers(200, ownerWorkflows, "Use is of the current month"),
  }),
  async (c) => {
    const { deps } = c.env;
    const { scope, enterprise } = await seeAs(c, c.req.valid("param").enterprise_id, "app.read");
    const live = enterprise.liveVersion;
    const [rows, counts, used] = await Promise.all([
      live === null ? [] : listWorkflows(deps.db, scope, live),
      chatCounts(deps.db, scope),
      askLedger(deps.env, scope.enterprise_id, (ledger) => ledger.usage()),
    ]);
    const byName = new Map(used.by_workflow.map(({ key, ...totals }) => [key, totals]));
    const workflows = rows.map((row) => {
      const count = counts.get(row.name);
      return {
        workflow_name: row.name,
        title: row.title,
        description: row.description,
        entry_point: row.entry,
        version: row.version,
        status: enterprise.status === "live" ? ("live" as const) : ("unpublished" as const),
        agents: row.agents,
        tools: row.tools,
        chats: count?.chats ?? 0,
        last_activity_at: count ? new Date(count.lastActivityAt).toISOString() : null,
        usage: byName.get(row.name) ?? UNUSED,
      };
    });
    return c.json({ enterprise_id: scope.enterprise_id, workflows }, 200);
  },
);

ownerRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/usage/{enterprise_id}",
    tags,
    summary: "Tokens and money, exact at this moment",
    access: "session",
    key: "usage.read",
    request: { params, query: usageQuery },
    responses: answers(200, usage, "Usage of a month"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "money.read");
    const { period } = c.req.valid("query");
    return c.json(await askLedger(c.env.deps.env, scope.enterprise_id, (it) => it.usage(period)), 200);
  },
);

ownerRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/analytics/{enterprise_id}",
    tags,
    summary: "Counts, tokens and cost by day, workflow, model and user",
    access: "session",
    key: "usage.read",
    request: { params, query: analyticsQuery },
    responses: answers(200, analytics, "Analytics of whole UTC days"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "analytics.read");
    const ask = c.req.valid("query");
    const answer = await askLedger(c.env.deps.env, scope.enterprise_id, (it) => it.analytics(ask));
    return c.json(accepted(answer), 200);
  },
);

ownerRoutes.openapi(
  route({
    method: "get",
    path: "/api/app/usage/{enterprise_id}/check",
    tags,
    summary: "Whether every figure of the ledger agrees with every other",
    access: "session",
    key: "usage.read",
    request: { params },
    responses: answers(200, selfCheck, "Each invariant: how much was looked at, and what broke it"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "money.read");
    const { env, clock } = c.env.deps;
    const { ok, checks } = await ledgerFor(env, scope.enterprise_id).selfCheck();
    const as_of = isoTime(clock.now());
    return c.json({ enterprise_id: scope.enterprise_id, as_of, ok, checks }, 200);
  },
);
