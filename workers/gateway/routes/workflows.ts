import * as z from "zod";
import { appError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import { type Scope, scopeOf } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import {
  type ClientWorkflow,
  clientWorkflows,
  discovery,
  registeredWorkflow,
  registerWorkflow as registration,
} from "#protocol/api/workflow";
import { id } from "#protocol/ids";
import { listWorkflows } from "#workflows/list-workflows";
import type { WorkflowRow } from "#workflows/tables";
import { registerWorkflow } from "../../publish/register-workflow.ts";
import { chatSocketUrl } from "../addresses.ts";
import type { Ctx } from "../call.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, orAppId, route, routes } from "../route.ts";
import { seeEnterprise } from "../see-enterprise.ts";

const tags = ["Workflows"];

async function liveWorkflows(c: Ctx, scope: Scope, enterprise: EnterpriseRow): Promise<WorkflowRow[]> {
  const { liveVersion } = enterprise;
  return liveVersion === null ? [] : listWorkflows(c.env.deps.db, scope, liveVersion);
}

function clientWorkflow(row: WorkflowRow): ClientWorkflow {
  return {
    name: row.name,
    display_name: row.title,
    description: row.description,
    initial_agent: row.entryAgent,
    entry_point: row.entry,
    status: "ready",
    ...(row.welcome === null ? {} : { welcome: row.welcome }),
    suggestions: row.suggestions,
  };
}

export const workflowRoutes = routes();

workflowRoutes.openapi(
  route({
    method: "post",
    path: "/api/workflows/register",
    tags,
    summary: "Add or replace a hand-written workflow; it is live at once",
    access: "session",
    key: "workflows.write",
    creates: true,
    request: { body: jsonBody(orAppId(registration)) },
    responses: answers(201, registeredWorkflow, "Live"),
  }),
  async (c) => {
    const { enterprise_id, definition, override } = c.req.valid("json");
    const { deps } = c.env;
    const details: Record<string, unknown> = { workflow: definition.name, ...override };
    const deed = { action: override ? "workflows.override" : "workflows.register", details };
    const right = override ? "app.override" : "app.build";
    const made = await privileged(c, enterprise_id, right, deed, async ({ scope }) => {
      const { user_id } = c.var.principal;
      const done = await registerWorkflow(deps.env, scope, user_id, definition, override?.reason);
      Object.assign(details, { version: done.version, ...(override ? { red: done.red } : {}) });
      return done;
    });
    const websocket_url = chatSocketUrl(c.env, { workflow: made.workflow_name, enterpriseId: enterprise_id });
    return c.json({ ...made, websocket_url }, 201);
  },
);

workflowRoutes.openapi(
  route({
    method: "get",
    path: "/api/workflows/discover/{enterprise_id}",
    tags,
    summary: "What a published app offers",
    access: "public",
    request: { params: z.object({ enterprise_id: id }) },
    responses: answers(200, discovery, "Its workflows, never their prompts"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { app } = c.var.host;
    if (app !== null && app.enterpriseId !== enterprise_id) throw appError("NOT_FOUND");
    const scope = scopeOf(enterprise_id);
    const enterprise = await findEnterprise(c.env.deps.db, scope);
    if (enterprise?.status !== "live") throw appError("NOT_FOUND");
    const rows = await liveWorkflows(c, scope, enterprise);
    const workflows = rows.map((row) => ({
      workflow_name: row.name,
      title: row.title,
      description: row.description,
      version: row.version,
      status: "ready" as const,
      entry_point: row.entry,
      websocket_url: chatSocketUrl(c.env, { workflow: row.name, enterpriseId: enterprise_id }),
      input_hint: row.suggestions[0] ?? row.description,
    }));
    return c.json({ enterprise_id, workflows }, 200);
  },
);

workflowRoutes.openapi(
  route({
    method: "get",
    path: "/api/workflows",
    tags,
    summary: "The live workflows of an app, for its chat page",
    access: "chat",
    request: { query: z.object({ enterprise_id: id }) },
    responses: answers(200, clientWorkflows, "By name, and as a list"),
  }),
  async (c) => {
    const { scope, enterprise } = await seeEnterprise(c, c.req.valid("query").enterprise_id);
    const workflows = (await liveWorkflows(c, scope, enterprise)).map(clientWorkflow);
    const byName = Object.fromEntries(workflows.map((it) => [it.name, it]));
    return c.json({ ...byName, workflows } as z.infer<typeof clientWorkflows>, 200);
  },
);
