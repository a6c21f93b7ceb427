import type { Tool } from "#protocol/app-file/tool";
import type { RunEvent } from "./events.ts";
import { countFailure } from "./failing.ts";
import type { Found } from "./find-agent.ts";
import { currentScope } from "./place.ts";
import type { RunState } from "./run-state.ts";
import type { Outcome, ToolCall } from "./transcript.ts";
import { writeVar } from "./vars.ts";

type ToolResult = Extract<RunEvent, { type: "tool_result" }>;

/** What came of a call: counted, and its values saved where the tool says so. */
export function toolResult(
  run: RunState,
  agent: Found,
  call: ToolCall,
  outcome: Outcome,
  tool?: Tool,
): ToolResult {
  run.pending = null;
  run.acting = null;
  run.tool_calls += 1;
  if (outcome.ok)
    for (const [name, path] of Object.entries(tool?.saves ?? {}))
      writeVar(run, agent.file, call.tool_name, name, at(outcome, path));
  const told = countFailure(run, call, outcome);
  const seen = tool && seenOf(told, tool);
  const result: ToolResult = {
    type: "tool_result",
    agent: agent.shown,
    call,
    outcome: told,
    scope: currentScope(run),
  };
  return seen ? { ...result, seen } : result;
}

/** An answer for the model alone: people's clients are told only whether it worked (T31). */
function seenOf({ ok, error }: Outcome, tool: Tool): Outcome | null {
  if (!("private" in tool && tool.private)) return null;
  return { ok, private: true, ...(error === undefined ? {} : { error }) };
}

/** The value at `row.city`, through own properties only (T42). */
function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split(".")) {
    if (typeof found !== "object" || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}
