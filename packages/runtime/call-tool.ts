import { AppError } from "#base/app-error";
import type { UiTool } from "#protocol/app-file/ui-tool";
import { ERRORS } from "#protocol/errors";
import { approvalFor, approve } from "./approve.ts";
import { approverOf } from "./approver-of.ts";
import { askPerson } from "./ask-person.ts";
import { checkJson, sentence } from "./check-json.ts";
import { callColleague } from "./colleagues.ts";
import type { RunEvent, ShownCall } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { argsSchema } from "./model-tools.ts";
import { orStopped, Stopped } from "./or-stopped.ts";
import { plain } from "./plain-text.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { isTainted } from "./tainted.ts";
import { toolResult } from "./tool-result.ts";
import { askForOperator, operatorOutcome } from "./tools/operator.ts";
import { mayWrite, planCall, type WorkingTool } from "./tools/plan-call.ts";
import { cardOf, progressOf } from "./tools/ui.ts";
import type { Entry, ToolCall } from "./transcript.ts";
import { UNKNOWN } from "./unknown.ts";
import { celVars, readVars } from "./vars.ts";

const LOST = { ok: false, unknown: true, error: UNKNOWN } as const;
const STOPPED = "The person stopped this before it was done.";

/**
 * Carries out one tool call of the model, as the person who chats. Whatever the model asked for, only tools of
 * its agent exist, arguments are checked, and approval is asked where the app wants it. Yields the card and
 * `paused` when a person must answer first; otherwise a `tool_result`. Never throws for what a model did.
 */
export async function* callTool(
  run: RunState,
  call: ToolCall,
  agent: Found,
  transcript: readonly Entry[],
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  const colleague = callColleague(run, call, agent, transcript, deps);
  if (colleague) return yield* colleague;
  const tool = agent.definition.tools.includes(call.tool_name) ? agent.file.tools[call.tool_name] : undefined;
  if (!tool) {
    yield toolResult(run, agent, call, { ok: false, error: `There is no tool "${call.tool_name}".` });
    return;
  }
  const checked = checkJson(argsSchema(tool, deps.files), call.args);
  if (!checked.ok) {
    const error = `The arguments do not fit: ${sentence(checked.issues)}`;
    yield toolResult(run, agent, call, { ok: false, error });
    return;
  }
  if (tool.kind === "operator") {
    const answer = run.pending?.answer;
    if (answer !== undefined) yield toolResult(run, agent, call, operatorOutcome(answer));
    else if (agent.definition.hidden) yield toolResult(run, agent, call, { ok: false, error: NO_PERSON });
    else yield* askForOperator(run, agent, call, tool, checked.value, deps.clock.now());
    return;
  }
  if (tool.kind !== "ui") return yield* work(run, call, tool, checked.value, agent, transcript, deps);
  yield* showCard(run, call, tool, checked.value, agent, transcript);
}

/** A card: one that waits pauses the run until it is answered, one that only shows has its result at once. */
function* showCard(
  run: RunState,
  call: ToolCall,
  tool: UiTool,
  args: Record<string, unknown>,
  agent: Found,
  transcript: readonly Entry[],
): Generator<RunEvent> {
  if (run.pending?.answer !== undefined) {
    const answer = run.pending.answer as Record<string, unknown>;
    yield toolResult(run, agent, call, { ok: true, ...answer }, tool);
    return;
  }
  if (agent.definition.hidden) {
    yield toolResult(run, agent, call, { ok: false, error: NO_PERSON });
    return;
  }
  const card = cardOf(tool, args, transcript);
  if (!card.ok) {
    yield toolResult(run, agent, call, card, tool);
    return;
  }
  const { component, payload, response_schema } = card;
  const { display } = tool;
  if (response_schema)
    return yield* askPerson(run, agent, { call, kind: "ui", component, payload, display }, response_schema);
  const earlier = component === "progress" ? run.progress?.[call.tool_name] : undefined;
  if (component === "progress") {
    if (!earlier) run.progress = { ...run.progress, [call.tool_name]: call.tool_call_id };
    if (earlier)
      yield {
        type: "tool_progress",
        tool_call_id: earlier,
        ...progressOf(args),
        label: String(payload.message),
      };
  }
  if (!earlier) {
    const shown = {
      call,
      interaction: "ui_surface",
      component,
      awaiting: false,
      payload: plain(payload),
      display,
    } as const;
    yield { type: "tool_call", agent: agent.agent, shown };
  }
  yield toolResult(run, agent, call, { ok: true, shown: true }, tool);
}

/** A hidden agent has no card to show. */
const NO_PERSON = "Nobody can be asked here.";

/** A tool that works by itself: what it would do, whether that is agreed to, then doing it. */
async function* work(
  run: RunState,
  call: ToolCall,
  tool: WorkingTool,
  args: Record<string, unknown>,
  agent: Found,
  transcript: readonly Entry[],
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  if (run.acting === call.tool_call_id) {
    // It was sent by a process that is gone: once is enough, and nobody knows whether that was (F21).
    yield toolResult(run, agent, call, LOST);
    return;
  }
  try {
    const vars = celVars(readVars(run, agent.file), agent.file);
    const plan = await orStopped((deps.plan ?? planCall)(tool, call, args, { ...deps, vars }), deps.signal);
    if (!plan.ok) {
      yield toolResult(run, agent, call, plan);
      return;
    }
    const asked = approve(tool, plan, run.pending, isTainted(plan.sends, transcript));
    if (asked.do === "ask" && agent.definition.hidden) {
      yield toolResult(run, agent, call, { ok: false, error: NO_PERSON });
      return;
    }
    if (asked.do === "ask") {
      const { payload, schema } = asked;
      const whose = approverOf(approvalFor(tool, plan), deps.clock.now());
      const base = { call, kind: "approval", component: "confirmation", payload } as const;
      const card = { ...base, shown: plan.shown, ...whose };
      return yield* askPerson(run, agent, card, schema);
    }
    if (asked.do === "refuse") {
      yield toolResult(run, agent, call, asked.outcome);
      return;
    }
    if (!run.pending) yield { type: "tool_call", agent: agent.shown, shown: working(call, tool, args) };
    if (plan.repeatable === false) {
      run.acting = call.tool_call_id;
      yield { type: "acting" };
    }
    yield toolResult(run, agent, call, await orStopped(plan.act(), deps.signal), tool);
  } catch (cause) {
    if (cause instanceof Stopped) {
      // Whether it was done before that, nobody knows.
      yield toolResult(run, agent, call, mayWrite(tool) ? LOST : { ok: false, error: STOPPED });
      return;
    }
    if (!(cause instanceof AppError)) throw cause;
    // A store that could not answer may have written all the same.
    const unknown = mayWrite(tool) && ERRORS[cause.code].retryable;
    yield toolResult(run, agent, call, { ok: false, error: unknown ? UNKNOWN : cause.message });
  }
}

/** A tool that works by itself, for the activity line in the chat. */
function working(call: ToolCall, tool: WorkingTool, args: Record<string, unknown>): ShownCall {
  const payload = { title: tool.title ?? call.tool_name.replaceAll("_", " "), args };
  return { call, interaction: "auto_tool", component: null, awaiting: false, payload };
}
