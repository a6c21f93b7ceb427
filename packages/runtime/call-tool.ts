import { AppError } from "#base/app-error";
import type { UiTool } from "#protocol/app-file/ui-tool";
import { ERRORS } from "#protocol/errors";
import { approve } from "./approve.ts";
import { askPerson } from "./ask-person.ts";
import { checkJson, sentence } from "./check-json.ts";
import type { RunEvent, ShownCall } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { argsSchema } from "./model-tools.ts";
import { plain } from "./plain-text.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { handoffOf } from "./tools/handoff.ts";
import { mayWrite, planCall, type WorkingTool } from "./tools/plan-call.ts";
import { cardOf, progressOf } from "./tools/ui.ts";
import type { Entry, Outcome, ToolCall } from "./transcript.ts";
import { UNKNOWN } from "./unknown.ts";

/**
 * Carries out one tool call of the model, as the person who chats. Whatever the model asked for, only tools of
 * its agent exist, arguments are checked, and approval is asked where the app wants it. Yields the card and
 * `paused` when a person must answer first; otherwise a `tool_result`. Never throws for what a model did.
 */
export async function* callTool(
  run: RunState,
  call: ToolCall,
  agent: Found,
  deps: RunDeps,
  transcript: readonly Entry[],
): AsyncGenerator<RunEvent> {
  const to = handoffOf(deps.files, agent, call.tool_name);
  if (to) {
    run.handoffs += 1;
    run.workflow = to.workflow;
    run.agent = to.agent;
    yield result(agent, run, call, { ok: true, message: `${to.title} has the conversation now.` });
    yield { type: "speaker", workflow: to.workflow, agent: to.agent, title: to.title };
    return;
  }
  const tool = agent.definition.tools.includes(call.tool_name) ? agent.file.tools[call.tool_name] : undefined;
  if (!tool) {
    yield result(agent, run, call, { ok: false, error: `There is no tool "${call.tool_name}".` });
    return;
  }
  const checked = checkJson(argsSchema(tool, deps.files), call.args);
  if (!checked.ok) {
    const error = `The arguments do not fit: ${sentence(checked.issues)}`;
    yield result(agent, run, call, { ok: false, error });
    return;
  }
  if (tool.kind !== "ui") return yield* work(run, call, tool, checked.value, agent, deps);
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
    yield result(agent, run, call, { ok: true, ...(run.pending.answer as Record<string, unknown>) });
    return;
  }
  const card = cardOf(tool, args, transcript);
  if (!card.ok) {
    yield result(agent, run, call, card);
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
  yield result(agent, run, call, { ok: true, shown: true });
}

/** A tool that works by itself: what it would do, whether that is agreed to, then doing it. */
async function* work(
  run: RunState,
  call: ToolCall,
  tool: WorkingTool,
  args: Record<string, unknown>,
  agent: Found,
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  try {
    const plan = await planCall(tool, call, args, deps);
    if (!plan.ok) {
      yield result(agent, run, call, plan);
      return;
    }
    const asked = approve(tool, plan, run.pending);
    if (asked.do === "ask") {
      const { payload, schema } = asked;
      const card = { call, kind: "approval", component: "confirmation", payload, shown: plan.shown } as const;
      return yield* askPerson(run, agent, card, schema);
    }
    if (asked.do === "refuse") {
      yield result(agent, run, call, asked.outcome);
      return;
    }
    if (!run.pending) yield { type: "tool_call", agent: agent.agent, shown: working(call, tool, args) };
    yield result(agent, run, call, await plan.act());
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    // A store that could not answer may have written all the same.
    const unknown = mayWrite(tool) && ERRORS[cause.code].retryable;
    yield result(agent, run, call, { ok: false, error: unknown ? UNKNOWN : cause.message });
  }
}

/** A tool that works by itself, for the activity line in the chat. */
function working(call: ToolCall, tool: WorkingTool, args: Record<string, unknown>): ShownCall {
  const payload = { title: tool.title ?? call.tool_name.replaceAll("_", " "), args };
  return { call, interaction: "auto_tool", component: null, awaiting: false, payload };
}

function result(agent: Found, run: RunState, call: ToolCall, outcome: Outcome): RunEvent {
  run.pending = null;
  run.tool_calls += 1;
  return { type: "tool_result", agent: agent.agent, call, outcome };
}
