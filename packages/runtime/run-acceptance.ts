import { AppError } from "#base/app-error";
import type { AcceptanceResult } from "#protocol/api/build";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import { ACTORS, OWNERS } from "./actors.ts";
import { type Heard, unexpected } from "./as-expected.ts";
import { checkJson } from "./check-json.ts";
import type { RunEvent } from "./events.ts";
import { entryOf, entryWorkflow } from "./find-agent.ts";
import { homeOf } from "./place.ts";
import { filesFor, rolesOf } from "./roles.ts";
import type { RunDeps } from "./run-deps.ts";
import { newRun, type RunState } from "./run-state.ts";
import { runTurn } from "./run-turn.ts";
import { type Entry, openCalls, type UserEntry } from "./transcript.ts";

type Step = AcceptanceCase["steps"][number];

/**
 * Holds one conversation with the app through the real loop, on the tables and meter it is given, and says
 * whether it went as expected. Nothing outside those is touched.
 */
export async function runAcceptance(
  test: AcceptanceCase,
  workflow: string,
  deps: Omit<RunDeps, "user" | "attached">,
): Promise<AcceptanceResult> {
  const contents = new Map<string, Uint8Array>();
  const roles = rolesOf(deps.files.app.roles ?? [], test.roles ?? "all");
  const as: RunDeps = {
    ...deps,
    files: filesFor(deps.files, roles),
    user: { ...ACTORS[test.as], roles },
    attached: async (attachmentId) => contents.get(attachmentId) ?? null,
  };
  const transcript: Entry[] = [];
  let at = entryOf(deps.files, test.workflow ?? entryWorkflow(deps.files));
  let vars: RunState["vars"];
  let waiting: RunState | null = null;
  const fail = (failure: string): AcceptanceResult => ({ workflow, name: test.name, passed: false, failure });

  const refused = await putGiven(test, deps);
  if (refused) return fail(refused);
  for (const [index, step] of test.steps.entries()) {
    let run: RunState;
    if (step.say !== undefined) {
      if (waiting) dismiss(waiting, transcript);
      transcript.push(messageOf(step, contents, deps.newId));
      run = newRun(deps.newId("run"), at, vars);
    } else {
      if (!waiting?.pending) return fail(`Step ${index + 1} answers a card, but none is waiting.`);
      const answer = checkJson(waiting.pending.response_schema, step.respond);
      if (!answer.ok) return fail(`Step ${index + 1}: the answer does not fit the card.`);
      waiting.pending.answer = answer.value;
      run = waiting;
    }
    const heard: Heard = {
      ...{ workflow: run.workflow, agent: run.agent, agents: [], calls: [], tools: [] },
      ...{ text: "", awaits: null, awaits_from: "user", failed: null },
    };
    for await (const event of runTurn(run, transcript, as)) hear(event, heard);
    at = homeOf(run);
    vars = run.vars;
    Object.assign(heard, at);
    waiting = heard.awaits ? run : null;
    const wrong = await unexpected(step.expect, heard, run, deps);
    if (wrong) return fail(`Step ${index + 1} (${step.say ?? "answering the card"}): ${wrong}`);
  }
  return { workflow, name: test.name, passed: true };
}

/** Puts the case's own rows in; what is not as it should be then, as a sentence, or null. */
async function putGiven(test: AcceptanceCase, { tables }: Pick<RunDeps, "tables">): Promise<string | null> {
  for (const [index, { table, owner, values, refused }] of (test.given ?? []).entries()) {
    try {
      await tables.insert(OWNERS[owner], table, values, `given/${index}`);
      if (refused) return `${table} should not take a row with ${JSON.stringify(values)}.`;
    } catch (cause) {
      if (!(cause instanceof AppError)) throw cause;
      if (!refused) return `The row that should be there in ${table} can't be: ${cause.message}`;
    }
  }
  return null;
}

function messageOf(step: Step, contents: Map<string, Uint8Array>, newId: RunDeps["newId"]): UserEntry {
  const message = { kind: "user" as const, message_id: newId("msg"), text: step.say ?? "" };
  if (!step.files) return message;
  const attachments = step.files.map(({ name, text }) => {
    const bytes = new TextEncoder().encode(text);
    const attachment_id = newId("att");
    contents.set(attachment_id, bytes);
    return { attachment_id, name, media_type: "text/plain", size: bytes.byteLength };
  });
  return { ...message, attachments };
}

function hear(event: RunEvent, heard: Heard): void {
  if (event.type === "text") heard.text += event.delta;
  if (event.type === "step") {
    heard.tools.push(...event.calls.map((call) => call.tool_name));
    heard.calls.push(...event.calls.map((call) => ({ ...call, ok: null })));
    if (event.text.trim()) heard.agents.push(event.agent);
  }
  if (event.type === "tool_call" && (event.shown.awaiting || event.shown.payload.waits_for === "team")) {
    heard.awaits = event.shown.component;
    heard.awaits_from = event.shown.payload.waits_for === "team" ? "operator" : "user";
    heard.text += ` ${event.shown.payload.message ?? ""}`;
  }
  if (event.type === "tool_result") {
    heard.awaits = null;
    const { call, outcome } = event;
    const others = heard.calls.filter((it) => it.tool_call_id !== call.tool_call_id);
    heard.calls = [...others, { ...call, ok: outcome.ok }];
  }
  if (event.type === "failed") heard.failed = `${event.code}: ${event.message}`;
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
