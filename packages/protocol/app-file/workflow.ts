import * as z from "zod";
import { identifier, RESERVED_WORKFLOW_NAMES, slug } from "../ids.ts";
import { acceptanceFile } from "./acceptance.ts";
import { appFile } from "./app.ts";
import { agentOutput, nextRule } from "./flow.ts";
import { gate } from "./gate.ts";
import { knowledgeFiles } from "./knowledge-files.ts";
import { modelName } from "./model.ts";
import { table } from "./table.ts";
import { tool } from "./tool.ts";
import { trigger } from "./trigger.ts";
import { variables } from "./variable.ts";

/** `instructions` may name variables: `{vars.city}`. */
const agent = z.object({
  title: z.string().max(80).optional(),
  /** What it handles, in one sentence; other agents read it to decide whether to hand over. */
  description: z.string().min(1).max(400),
  instructions: z.string().min(1).max(8_000),
  tools: z.array(identifier).max(40).default([]),
  /** Agents of this workflow, or names of other workflows of the app. */
  handoffs: z.array(slug).max(40).default([]),
  /** Agents or workflows it may ask something, as a tool: they answer it, not the person. */
  asks: z.array(slug).max(20).optional(),
  /** Agents or workflows that are always asked first, each on its own; it answers with what they said. */
  panel: z.array(slug).max(7).optional(),
  next: z.array(nextRule).max(10).optional(),
  output: agentOutput.optional(),
  /** Nothing of what it says, does or is called ever reaches people; what it uses is counted as `internal`. */
  hidden: z.boolean().optional(),
  /** It is there for people of these roles only; not for a workflow's first agent. */
  roles: gate,
  /** Instead of the workflow's. */
  model: modelName.optional(),
});
export type Agent = z.infer<typeof agent>;

/** `workflows/<name>/workflow.yaml`. `entry` marks the app's entry point; `entry_agent` the workflow's. */
export const workflowFile = z.object({
  name: slug.refine(
    (name) => !(RESERVED_WORKFLOW_NAMES as readonly string[]).includes(name),
    "is a reserved name",
  ),
  title: z.string().min(1).max(80),
  description: z.string().min(1).max(400),
  entry: z.boolean().default(false),
  /** It is there for people of these roles only: others neither see nor start it. */
  roles: gate,
  entry_agent: slug,
  /** Instead of the app's. */
  model: modelName.optional(),
  agents: z.record(slug, agent),
  tools: z.record(identifier, tool).default({}),
  /** What starts chats of it without a person. */
  triggers: z.array(trigger).max(20).optional(),
  variables: variables.optional(),
  ui: z
    .object({
      welcome: z.string().max(500).optional(),
      suggestions: z.array(z.string().min(1).max(120)).max(6).default([]),
    })
    .optional(),
});
export type WorkflowFile = z.infer<typeof workflowFile>;

/** What `POST /api/workflows/register` takes: a workflow with the tables, files, hosts and servers it brings and the conversations it must pass. */
export const workflowDefinition = workflowFile.extend({
  tables: z.record(identifier, table).optional(),
  /** Added to what the app may reach. */
  allow_hosts: appFile.shape.allow_hosts.optional(),
  mcp: appFile.shape.mcp.optional(),
  /** Model providers of the app's own, beside those it has. */
  providers: appFile.shape.providers,
  /** Roles of the app, beside those it has. */
  app_roles: appFile.shape.roles,
  /** In the place of the app's. */
  fallback: appFile.shape.fallback,
  acceptance: acceptanceFile.shape.cases.optional(),
  /** Files under `knowledge/` of the app, beside those it has. */
  knowledge: knowledgeFiles.optional(),
});
export type WorkflowDefinition = z.infer<typeof workflowDefinition>;
