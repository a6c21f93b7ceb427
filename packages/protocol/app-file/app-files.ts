import type { AcceptanceFile } from "./acceptance.ts";
import type { AppFile } from "./app.ts";
import type { WorkflowFile } from "./workflow.ts";

/** A whole app, parsed: what a version is. Workflow and acceptance maps are keyed by workflow name. */
export type AppFiles = {
  app: AppFile;
  workflows: Record<string, WorkflowFile>;
  acceptance: Record<string, AcceptanceFile>;
  /** Texts that the agents may cite, by name under `knowledge/`. */
  knowledge?: Record<string, string>;
};
