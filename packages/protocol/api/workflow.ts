import * as z from "zod";
import { workflowDefinition } from "../app-file/workflow.ts";
import { id, time } from "../ids.ts";
import { overrideReason, redCase } from "./build.ts";
import { usageTotals } from "./usage.ts";

/** `app_id` is accepted for `enterprise_id` here as everywhere. */
export const registerWorkflow = z.object({
  enterprise_id: id,
  definition: workflowDefinition,
  /** By an owner: also if conversations are red. Never what does not fit together. */
  override: z.object({ reason: overrideReason }).optional(),
});

export const registeredWorkflow = z.object({
  workflow_name: z.string(),
  version: z.number().int(),
  /** Conversations that were red when it was published, by an owner's `override`. */
  red: z.array(redCase),
  /** Absolute, with `{chat_id}` and `{user_id}` left for the client to fill. */
  websocket_url: z.string(),
});

const discovered = z.object({
  workflow_name: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.number().int(),
  status: z.literal("ready"),
  entry_point: z.boolean(),
  websocket_url: z.string(),
  /** Something a person might say first. */
  input_hint: z.string(),
});
export const discovery = z.object({ enterprise_id: z.string(), workflows: z.array(discovered) });
export type Discovery = z.infer<typeof discovery>;

const clientWorkflow = z.object({
  name: z.string(),
  display_name: z.string(),
  description: z.string(),
  initial_agent: z.string(),
  entry_point: z.boolean(),
  status: z.literal("ready"),
  welcome: z.string().optional(),
  suggestions: z.array(z.string()),
});
/** A map keyed by workflow name, beside the same as a list in `workflows`. */
export const clientWorkflows = z.object({ workflows: z.array(clientWorkflow) }).catchall(clientWorkflow);
export type ClientWorkflow = z.infer<typeof clientWorkflow>;

export const ownerWorkflows = z.object({
  enterprise_id: z.string(),
  workflows: z.array(
    z.object({
      workflow_name: z.string(),
      title: z.string(),
      description: z.string(),
      entry_point: z.boolean(),
      version: z.number().int(),
      status: z.enum(["live", "unpublished"]),
      agents: z.array(z.string()),
      tools: z.array(z.string()),
      chats: z.number().int(),
      last_activity_at: time.nullable(),
      usage: usageTotals,
    }),
  ),
});
export type OwnerWorkflows = z.infer<typeof ownerWorkflows>;
