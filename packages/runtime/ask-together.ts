import { LIMITS } from "#base/limits";
import type { AppFiles } from "#protocol/app-file/app-files";
import { askModel } from "./ask-model.ts";
import { checkJson } from "./check-json.ts";
import { asks, keptCalls, mayAsk, shownAsk } from "./colleagues.ts";
import type { Failed, RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { merge } from "./merge.ts";
import { inScope } from "./place.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { settle } from "./settle.ts";
import { askedBy, askSchema, askToolName } from "./tools/ask.ts";
import { type Entry, openCalls, type ToolCall } from "./transcript.ts";

/** One member of a panel, and the call by which it is asked. */
type Question = { call: ToolCall; to: Found; request: string };

/**
 * Members of the agent's panel who have not said their first word to a question that is open. None where there are
 * more than steps are left: asked one by one, the run ends at its limit. One with a panel of its own is asked by itself.
 * Pure, from rows alone, so a run that was cut in the middle asks those again who had not answered.
 */
export function unasked(
  run: RunState,
  agent: Found,
  view: readonly Entry[],
  transcript: readonly Entry[],
  files: AppFiles,
): Question[] {
  const members = new Set(agent.definition.panel?.map(askToolName));
  if (members.size === 0) return [];
  const spoke = new Set(transcript.map((entry) => (entry.kind === "assistant" ? entry.scope : undefined)));
  const questions = openCalls(view).flatMap((call): Question[] => {
    const to = members.has(call.tool_name) ? askedBy(files, agent, call.tool_name) : null;
    if (!to || to.definition.panel?.length || spoke.has(call.tool_call_id) || !mayAsk(run, to)) return [];
    const args = checkJson(askSchema, call.args ?? {});
    return args.ok ? [{ call, to, request: String(args.value.request) }] : [];
  });
  return run.steps + questions.length > LIMITS.runMaxSteps ? [] : questions;
}

/**
 * The first answers of a panel, at once: each a step of its own in a conversation of its own, which is made durable and
 * settled by itself. They are taken in afterwards, one by one and in their order, as if they had just come: so what
 * members write or do with tools happens in order too. One whose hold does not fit beside the others' waits for them.
 */
export async function* askTogether(
  run: RunState,
  agent: Found,
  panel: readonly Question[],
  transcript: readonly Entry[],
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  for (const { call, to, request } of panel) {
    if (inScope(transcript, call.tool_call_id).length > 0) continue;
    if (!call.hidden) yield shownAsk(call, agent, to);
    yield asks(call, request, deps);
  }
  // Each has a number that its call is known by, whichever is through first.
  const from = run.steps;
  for (let left = panel; left.length > 0 && !deps.signal.aborted; ) {
    const failures: Failed[] = [];
    const held: Question[] = [];
    const answers = left.map(async function* (question) {
      const failed = yield* firstAnswer(run, from + panel.indexOf(question), question, transcript, deps);
      if (failed?.code === "TEMPORARILY_HELD") held.push(question);
      if (failed) failures.push(failed);
    });
    yield* merge(answers);
    const [failed] = failures.filter(
      ({ code }) => code !== "TEMPORARILY_HELD" || held.length === left.length,
    );
    if (failed) return yield failed;
    left = held;
  }
}

/** What a member says first. A model that gives no answer leaves a torn one: the panel goes on without it. */
async function* firstAnswer(
  run: RunState,
  steps: number,
  { call, to }: Question,
  transcript: readonly Entry[],
  deps: RunDeps,
): AsyncGenerator<RunEvent, Failed | null> {
  const scope = call.tool_call_id;
  const stack = [...(run.stack ?? []), { workflow: to.workflow, agent: to.agent, call }];
  const own: RunState = { ...run, steps, stack, calling: null, unsettled: null };
  for await (const event of askModel(own, inScope(transcript, scope), to, deps)) {
    if (event.type === "text") continue;
    keep(run, scope, own);
    if (event.type === "failed" && event.code !== "MODEL_FAILED") return event;
    if (event.type === "step" || event.type === "failed") run.steps += 1;
    if (event.type === "step") yield { ...event, scope, calls: keptCalls(deps.files, to, event.calls) };
    else if (event.type !== "failed") yield event;
    else yield { type: "step", message_id: deps.newId("msg"), agent: to.agent, scope, ...TORN };
  }
  run.passed_over = [...new Set([...(run.passed_over ?? []), ...(own.passed_over ?? [])])];
  for await (const event of settle(own, to.shown, deps)) {
    keep(run, scope, own);
    if (event.type === "failed") return event;
    yield event;
  }
  return null;
}

const TORN = { text: "", calls: [], interrupted: true, failure: null, doubt: null };

/** The run's row knows of the member's model call what the event that is told next knows. */
function keep(run: RunState, scope: string, { calling, unsettled }: RunState): void {
  const { [scope]: _, ...others } = run.together ?? {};
  run.together = calling || unsettled ? { ...others, [scope]: { calling, unsettled } } : others;
}
