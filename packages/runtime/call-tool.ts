import { AppError } from "#base/app-error";
import { ERRORS } from "#protocol/errors";
import { approve } from "./approve.ts";
import { approverOf } from "./approver-of.ts";
import { askPerson } from "./ask-person.ts";
import { checkJson, sentence } from "./check-json.ts";
import type { RunEvent, ShownCall } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { argsSchema } from "./model-tools.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { handoffOf } from "./tools/handoff.ts";
import { askForOperator, operatorOutcome } from "./tools/operator.ts";
import { mayWrite, planCall, type WorkingTool } from "./tools/plan-call.ts";
import { cardOf } from "./tools/ui.ts";
import type { Outcome, ToolCall } from "./transcript.ts";
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
  if (tool.kind === "operator") {
    const answer = run.pending?.answer;
    if (answer === undefined)
      return yield* askForOperator(run, agent, call, tool, checked.value, deps.clock.now());
    yield result(agent, run, call, operatorOutcome(answer));
    return;
  }
  if (tool.kind !== "ui") return yield* work(run, call, tool, checked.value, agent, deps);
  if (run.pending?.answer !== undefined) {
    yield result(agent, run, call, { ok: true, ...(run.pending.answer as Record<string, unknown>) });
    return;
  }
  const { component, payload, response_schema } = cardOf(tool, checked.value);
  yield* askPerson(run, agent, { call, kind: "ui", component, payload }, response_schema);
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
      const whose = approverOf(tool.approval, deps.clock.now());
      const base = { call, kind: "approval", component: "confirmation", payload } as const;
      const card = { ...base, shown: plan.shown, ...whose };
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
