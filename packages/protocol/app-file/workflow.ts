import * as z from "zod";
import { identifier, RESERVED_WORKFLOW_NAMES, slug } from "../ids.ts";
import { acceptanceFile } from "./acceptance.ts";
import { modelName } from "./model.ts";
import { table } from "./table.ts";
import { tool } from "./tool.ts";

const agent = z.object({
  title: z.string().max(80).optional(),
  /** What it handles, in one sentence; other agents read it to decide whether to hand over. */
  description: z.string().min(1).max(400),
  instructions: z.string().min(1).max(8_000),
  tools: z.array(identifier).max(40).default([]),
  /** Agents of this workflow, or names of other workflows of the app. */
  handoffs: z.array(slug).max(40).default([]),
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
  entry_agent: slug,
  /** Instead of the app's. */
  model: modelName.optional(),
  agents: z.record(slug, agent),
  tools: z.record(identifier, tool).default({}),
  ui: z
    .object({
      welcome: z.string().max(500).optional(),
      suggestions: z.array(z.string().min(1).max(120)).max(6).default([]),
    })
    .optional(),
});
export type WorkflowFile = z.infer<typeof workflowFile>;

/** What `POST /api/workflows/register` takes: a workflow with the tables it brings and the conversations it must pass. */
export const workflowDefinition = workflowFile.extend({
  tables: z.record(identifier, table).optional(),
  acceptance: acceptanceFile.shape.cases.optional(),
});
export type WorkflowDefinition = z.infer<typeof workflowDefinition>;
