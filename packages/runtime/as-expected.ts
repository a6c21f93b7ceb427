import { AppError } from "#base/app-error";
import type { Expectation } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { OWNERS } from "./actors.ts";
import { findAgent } from "./find-agent.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import type { ToolCall } from "./transcript.ts";
import { readVars } from "./vars.ts";

/** What happened in one step of a conversation. */
export type Heard = {
  workflow: string;
  agent: string;
  agents: string[];
  /** Calls that were made or answered; `ok` is null while a person is asked. */
  calls: (ToolCall & { ok: boolean | null })[];
  /** Names of the tools that were called. */
  tools: string[];
  text: string;
  awaits: string | null;
  awaits_from: "user" | "operator";
  failed: string | null;
};

/** What is not as expected, as a sentence, or null. */
export async function unexpected(
  expected: Expectation,
  heard: Heard,
  run: RunState,
  deps: Pick<RunDeps, "tables" | "files">,
): Promise<string | null> {
  if (heard.failed) return `it failed with ${heard.failed}`;
  return (
    wrongPlace(expected, heard) ??
    wrongCalls(expected, heard) ??
    wrongWords(expected, heard) ??
    (await wrongRows(expected, deps)) ??
    wrongVars(expected, run, deps.files)
  );
}

function wrongPlace(expected: Expectation, heard: Heard): string | null {
  const said = `It said: ${heard.text.trim()}`;
  if (expected.agent && expected.agent !== heard.agent)
    return `${expected.agent} should have the conversation, ${heard.agent} has it. ${said}`;
  if (expected.workflow && expected.workflow !== heard.workflow)
    return `the conversation should be in ${expected.workflow}, it is in ${heard.workflow}. ${said}`;
  for (const name of expected.agents ?? [])
    if (!heard.agents.includes(name)) return `${name} gave no answer. ${said}`;
  const { awaits } = expected;
  if (awaits !== undefined && awaits !== heard.awaits)
    return `it should wait on ${awaits ?? "nothing"}, but waits on ${heard.awaits ?? "nothing"}. ${said}`;
  if (expected.awaits_from && heard.awaits && expected.awaits_from !== heard.awaits_from)
    return expected.awaits_from === "operator"
      ? "the team should be asked, but the person is."
      : "the person should be asked, but the team is.";
  return null;
}

function wrongCalls(expected: Expectation, heard: Heard): string | null {
  const said = `It said: ${heard.text.trim()}`;
  for (const name of expected.tools)
    if (!heard.tools.includes(name)) return `${name} was not called. ${said}`;
  for (const name of expected.not_tools) if (heard.tools.includes(name)) return `${name} must not be called.`;
  for (const { tool, args = {}, ok } of expected.calls ?? []) {
    const same = heard.calls.filter((it) => it.tool_name === tool);
    const found = same.some(
      (it) =>
        (ok === undefined || it.ok === ok) &&
        Object.entries(args).every(([name, value]) => argOf(it.args, name) === value),
    );
    if (!found) {
      const how = `${ok === undefined ? "" : ok ? ", done" : ", refused"}`;
      const were = same.map((it) => `${JSON.stringify(it.args)} ${it.ok === false ? "refused" : "done"}`);
      return `${tool} should be called with ${JSON.stringify(args)}${how}; calls were: ${were.join("; ") || "none"}. ${said}`;
    }
  }
  return null;
}

/** An argument that is left out is as good as null. */
function argOf(args: unknown, name: string): unknown {
  return typeof args === "object" && args !== null ? ((args as Record<string, unknown>)[name] ?? null) : null;
}

function wrongWords({ includes, excludes }: Expectation, heard: Heard): string | null {
  const said = heard.text.toLowerCase();
  for (const piece of includes)
    if (!said.includes(piece.toLowerCase())) return `"${piece}" was not said. It said: ${heard.text.trim()}`;
  for (const piece of excludes)
    if (said.includes(piece.toLowerCase()))
      return `"${piece}" must not be said. It said: ${heard.text.trim()}`;
  return null;
}

async function wrongRows({ rows }: Expectation, { tables }: Pick<RunDeps, "tables">): Promise<string | null> {
  for (const { table, where, count, owner } of rows) {
    const of = owner ? ` of the ${owner}` : "";
    try {
      const found = await tables.count(table, where, owner && OWNERS[owner]);
      if (found !== count)
        return `${table} should have ${count} rows${of} with ${JSON.stringify(where)}, it has ${found}.`;
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      return `rows of ${table} can't be counted: ${cause.message}`;
    }
  }
  return null;
}

function wrongVars({ vars }: Expectation, run: RunState, files: AppFiles): string | null {
  if (!vars) return null;
  const seen = readVars(run, findAgent(files, run).file);
  for (const [name, value] of Object.entries(vars))
    if (seen[name] !== value)
      return `${name} should be ${JSON.stringify(value)}, it is ${JSON.stringify(seen[name] ?? null)}.`;
  return null;
}
