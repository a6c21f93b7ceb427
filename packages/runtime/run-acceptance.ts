import type { AcceptanceResult } from "#protocol/api/build";
import type { AcceptanceCase, Expectation } from "#protocol/app-file/acceptance";
import type { AppFiles } from "#protocol/app-file/app-files";
import { checkJson } from "./check-json.ts";
import type { RunEvent } from "./events.ts";
import { entryOf, entryWorkflow, findAgent } from "./find-agent.ts";
import { homeOf } from "./place.ts";
import type { RunDeps } from "./run-deps.ts";
import { newRun, type RunState } from "./run-state.ts";
import { runTurn } from "./run-turn.ts";
import { type Entry, openCalls } from "./transcript.ts";
import { readVars } from "./vars.ts";

/** What happened in one step of a conversation. */
type Heard = {
  agent: string;
  agents: string[];
  tools: string[];
  text: string;
  awaits: string | null;
  awaits_from: "user" | "operator";
  failed: string | null;
};

/** The people of acceptance conversations; sample rows of the creator belong to `creator`. */
export const ACTORS = {
  creator: { id: "acceptance-creator", name: "Alex" },
  stranger: { id: "acceptance-stranger", name: "Sam" },
} as const;

/**
 * Holds one conversation with the app through the real loop, on the tables and meter it is given, and says
 * whether it went as expected. Nothing outside those is touched.
 */
export async function runAcceptance(
  test: AcceptanceCase,
  workflow: string,
  deps: Omit<RunDeps, "user">,
): Promise<AcceptanceResult> {
  const as: RunDeps = { ...deps, user: ACTORS[test.as] };
  const transcript: Entry[] = [];
  let at = entryOf(deps.files, test.workflow ?? entryWorkflow(deps.files));
  let vars: RunState["vars"];
  let waiting: RunState | null = null;
  const fail = (failure: string): AcceptanceResult => ({ workflow, name: test.name, passed: false, failure });

  for (const [index, step] of test.steps.entries()) {
    let run: RunState;
    if (step.say !== undefined) {
      if (waiting) dismiss(waiting, transcript);
      transcript.push({ kind: "user", message_id: deps.newId("msg"), text: step.say });
      run = newRun(deps.newId("run"), at, vars);
    } else {
      if (!waiting?.pending) return fail(`Step ${index + 1} answers a card, but none is waiting.`);
      const answer = checkJson(waiting.pending.response_schema, step.respond);
      if (!answer.ok) return fail(`Step ${index + 1}: the answer does not fit the card.`);
      waiting.pending.answer = answer.value;
      run = waiting;
    }
    const heard: Heard = {
      agent: run.agent,
      agents: [],
      tools: [],
      text: "",
      awaits: null,
      awaits_from: "user",
      failed: null,
    };
    for await (const event of runTurn(run, transcript, as)) hear(event, heard);
    at = homeOf(run);
    vars = run.vars;
    heard.agent = at.agent;
    waiting = heard.awaits ? run : null;
    const wrong = (await compare(step.expect, heard, deps)) ?? compareVars(step.expect, run, deps.files);
    if (wrong) return fail(`Step ${index + 1} (${step.say ?? "answering the card"}): ${wrong}`);
  }
  return { workflow, name: test.name, passed: true };
}

function hear(event: RunEvent, heard: Heard): void {
  if (event.type === "text") heard.text += event.delta;
  if (event.type === "step") heard.tools.push(...event.calls.map((call) => call.tool_name));
  if (event.type === "step" && event.text.trim()) heard.agents.push(event.agent);
  if (event.type === "tool_call" && (event.shown.awaiting || event.shown.payload.waits_for === "team")) {
    heard.awaits = event.shown.component;
    heard.awaits_from = event.shown.payload.waits_for === "team" ? "operator" : "user";
    heard.text += ` ${event.shown.payload.message ?? ""}`;
  }
  if (event.type === "tool_result") heard.awaits = null;
  if (event.type === "failed") heard.failed = `${event.code}: ${event.message}`;
}

/** What is wrong, as a sentence, or null. */
async function compare(
  expected: Expectation,
  heard: Heard,
  deps: Pick<RunDeps, "tables">,
): Promise<string | null> {
  if (heard.failed) return `it failed with ${heard.failed}`;
  const said = heard.text.toLowerCase();
  if (expected.agent && expected.agent !== heard.agent)
    return `${expected.agent} should have the conversation, ${heard.agent} has it. It said: ${heard.text.trim()}`;
  for (const name of expected.agents ?? [])
    if (!heard.agents.includes(name)) return `${name} gave no answer. It said: ${heard.text.trim()}`;
  for (const name of expected.tools)
    if (!heard.tools.includes(name)) return `${name} was not called. It said: ${heard.text.trim()}`;
  for (const name of expected.not_tools) if (heard.tools.includes(name)) return `${name} must not be called.`;
  for (const piece of expected.includes)
    if (!said.includes(piece.toLowerCase())) return `"${piece}" was not said. It said: ${heard.text.trim()}`;
  for (const piece of expected.excludes)
    if (said.includes(piece.toLowerCase()))
      return `"${piece}" must not be said. It said: ${heard.text.trim()}`;
  if (expected.awaits && expected.awaits !== heard.awaits)
    return `it should wait on a ${expected.awaits}, but waits on ${heard.awaits ?? "nothing"}. It said: ${heard.text.trim()}`;
  if (expected.awaits_from && heard.awaits && expected.awaits_from !== heard.awaits_from)
    return expected.awaits_from === "operator"
      ? "the team should be asked, but the person is."
      : "the person should be asked, but the team is.";
  for (const { table, where, count } of expected.rows) {
    const found = await deps.tables.count(table, where);
    if (found !== count)
      return `${table} should have ${count} rows with ${JSON.stringify(where)}, it has ${found}.`;
  }
  return null;
}

function compareVars({ vars }: Expectation, run: RunState, files: AppFiles): string | null {
  const seen = readVars(run, findAgent(files, run).file);
  for (const [name, value] of Object.entries(vars ?? {}))
    if (seen[name] !== value)
      return `${name} should be ${JSON.stringify(value)}, it is ${JSON.stringify(seen[name] ?? null)}.`;
  return null;
}

function dismiss(run: RunState, transcript: Entry[]): void {
  run.pending = null;
  run.stack = [];
  const left = transcript.filter(({ scope }) => scope === undefined);
  transcript.splice(0, transcript.length, ...left);
  for (const { tool_call_id, tool_name } of openCalls(transcript))
    transcript.push({ kind: "tool", tool_call_id, tool_name, outcome: DISMISSED });
}

/** The outcome of a card that the person passed over by writing something else. */
export const DISMISSED = {
  ok: false,
  dismissed: true,
  error: "The person wrote something else instead of answering.",
} as const;
