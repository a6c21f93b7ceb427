import type { Found } from "./find-agent.ts";
import { isHandoff } from "./tools/handoff.ts";
import { mayWrite } from "./tools/plan-call.ts";
import type { Entry } from "./transcript.ts";

type Done = Extract<Entry, { kind: "taken_back" }>["done"];

/** What tools did in entries that are about to be taken back, also what had been taken back with them before. Pure. */
export function doneIn(entries: readonly Entry[]): Done {
  return entries.flatMap((entry): Done => {
    if (entry.kind === "taken_back") return entry.done;
    if (entry.kind !== "tool" || !entry.outcome.ok) return [];
    return [{ tool_name: entry.tool_name, outcome: entry.outcome }];
  });
}

/** A person may take words back, not what was done: a model that is not told would do it again. Null: nothing was. */
export function saidOfTakenBack(transcript: readonly Entry[], agent: Found): string | null {
  const done = transcript
    .flatMap((entry) => (entry.kind === "taken_back" ? entry.done : []))
    .filter(({ tool_name }) => changedSomething(agent, tool_name));
  if (done.length === 0) return null;
  return [
    "The person took a part of this conversation back. What had been done in it stays done, so do not do it again unasked:",
    ...done.map(({ tool_name, outcome }) => `- ${tool_name}: ${JSON.stringify(outcome)}`),
  ].join("\n");
}

/** A tool that this agent's workflow lacks is another one's: it may have. */
function changedSomething(agent: Found, toolName: string): boolean {
  const tool = agent.file.tools[toolName];
  if (!tool) return !isHandoff(toolName);
  return tool.kind !== "ui" && tool.kind !== "operator" && mayWrite(tool);
}
