import { appError } from "#base/app-error";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { Agent, WorkflowFile } from "#protocol/app-file/workflow";

export type Place = { workflow: string; agent: string };
/** `shown`: its name in frames and in usage. */
export type Found = Place & { file: WorkflowFile; definition: Agent; title: string; shown: string };

/** What people read in place of a hidden agent's name. */
export const HIDDEN = "internal";

/** Where a conversation with a workflow starts. Error: NOT_FOUND. */
export function entryOf(files: AppFiles, workflow: string): Place {
  const file = files.workflows[workflow];
  if (!file) throw appError("NOT_FOUND", { workflow });
  return { workflow, agent: file.entry_agent };
}

/** The workflow an app's chats start with. */
export function entryWorkflow(files: AppFiles): string {
  const entry = Object.values(files.workflows).find((file) => file.entry);
  if (!entry) throw appError("INVALID_WORKFLOW", {}, "The app has no entry workflow.");
  return entry.name;
}

/** Error: NOT_FOUND when the version has no such agent (a checked app always has). */
export function findAgent(files: AppFiles, place: Place): Found {
  const file = own(files.workflows, place.workflow);
  const definition = file && own(file.agents, place.agent);
  if (!file || !definition) throw appError("NOT_FOUND", place);
  const { workflow, agent } = place;
  const shown = definition.hidden ? HIDDEN : agent;
  return { workflow, agent, file, definition, title: titleOf(file, agent), shown };
}

/** What a hand-off or a question can go to: an agent of the same workflow, or another workflow (its entry agent). */
export function handoffTarget(files: AppFiles, from: WorkflowFile, target: string): Found | null {
  if (own(from.agents, target)) return findAgent(files, { workflow: from.name, agent: target });
  const other = own(files.workflows, target);
  return other ? findAgent(files, entryOf(files, target)) : null;
}

/** What a file itself has under a name; never what every object has, like `constructor` (T42). */
function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function titleOf(file: WorkflowFile, agent: string): string {
  const own = file.agents[agent]?.title;
  if (own) return own;
  return agent === file.entry_agent ? file.title : agent.replaceAll("-", " ");
}
