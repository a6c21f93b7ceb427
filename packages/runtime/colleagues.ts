import { LIMITS } from "#base/limits";
import type { AppFiles } from "#protocol/app-file/app-files";
import { checkJson, sentence } from "./check-json.ts";
import type { JsonSchema } from "./column-schema.ts";
import type { RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { asked } from "./place.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { toolResult } from "./tool-result.ts";
import { askedBy, askSchema } from "./tools/ask.ts";
import { handoffOf, handoffSchema } from "./tools/handoff.ts";
import { REMEMBER, remember, rememberedBy, rememberSchema } from "./tools/remember.ts";
import type { Entry, ToolCall } from "./transcript.ts";

/**
 * Calls that go to another agent or to the chat's memory, not to a tool of the app; null when it is none. Only what
 * the agent's file names can be reached, and an agent that was asked can't hand over: it would take the person along.
 */
export function callColleague(
  run: RunState,
  call: ToolCall,
  agent: Found,
  transcript: readonly Entry[],
  deps: RunDeps,
): Generator<RunEvent> | null {
  const to = asked(run) ? null : handoffOf(deps.files, agent, call.tool_name);
  if (to) return checked(handoffSchema, run, call, agent, () => handOver(run, call, agent, to));
  const colleague = askedBy(deps.files, agent, call.tool_name);
  if (colleague)
    return checked(askSchema, run, call, agent, ({ request }) =>
      ask(run, call, agent, colleague, String(request), transcript, deps),
    );
  if (call.tool_name !== REMEMBER || rememberedBy(agent).length === 0) return null;
  return checked(rememberSchema(agent), run, call, agent, function* (args) {
    yield toolResult(run, agent, call, remember(run, agent, args));
  });
}

function* checked(
  schema: JsonSchema,
  run: RunState,
  call: ToolCall,
  agent: Found,
  act: (args: Record<string, unknown>) => Generator<RunEvent>,
): Generator<RunEvent> {
  const fits = checkJson(schema, call.args ?? {});
  if (fits.ok) return yield* act(fits.value);
  const error = `The arguments do not fit: ${sentence(fits.issues)}`;
  yield toolResult(run, agent, call, { ok: false, error });
}

function* handOver(run: RunState, call: ToolCall, agent: Found, to: Found): Generator<RunEvent> {
  run.handoffs += 1;
  run.workflow = to.workflow;
  run.agent = to.agent;
  run.home = { workflow: to.workflow, agent: to.agent };
  yield toolResult(run, agent, call, { ok: true, message: `${to.title} has the conversation now.` });
  if (!to.definition.hidden)
    yield { type: "speaker", workflow: to.workflow, agent: to.agent, title: to.title };
}

/** The other agent gets the word, in a conversation of its own; a panel's has begun before. */
function* ask(
  run: RunState,
  call: ToolCall,
  agent: Found,
  to: Found,
  request: string,
  transcript: readonly Entry[],
  deps: RunDeps,
): Generator<RunEvent> {
  if (!mayAsk(run, to)) {
    const error = `${to.title} can't be asked from here.`;
    return yield toolResult(run, agent, call, { ok: false, error });
  }
  const begun = transcript.some(({ scope }) => scope === call.tool_call_id);
  if (!begun && !call.hidden) yield shownAsk(call, agent, to);
  run.stack = [...(run.stack ?? []), { workflow: to.workflow, agent: to.agent, call }];
  if (!begun) yield asks(call, request, deps);
}

/** To a depth, and never in a circle. */
export function mayAsk(run: RunState, to: Found): boolean {
  const stack = run.stack ?? [];
  return stack.length < LIMITS.runMaxDepth && ![run, ...stack].some((it) => sameAgent(it, to));
}

/** What people see of a question: who is asked, not what. */
export function shownAsk(call: ToolCall, agent: Found, to: Found): RunEvent {
  const payload = { title: `Ask ${to.title}`, args: {} };
  const shown = { call, interaction: "auto_tool", component: null, awaiting: false, payload } as const;
  return { type: "tool_call", agent: agent.shown, shown };
}

/** The question: a private conversation begins with it. */
export function asks(call: ToolCall, request: string, deps: Pick<RunDeps, "newId">): RunEvent {
  return { type: "asked", message_id: deps.newId("msg"), text: request, scope: call.tool_call_id };
}

function sameAgent(a: { workflow: string; agent: string }, b: { workflow: string; agent: string }): boolean {
  return a.workflow === b.workflow && a.agent === b.agent;
}

/** The calls of an agent's answer as they are kept. */
export function keptCalls(files: AppFiles, agent: Found, calls: readonly ToolCall[]): ToolCall[] {
  return calls.map((call) => marked(files, agent, bounded(call)));
}

/** Arguments of any size may come from a model; too large ones are as good as none. */
function bounded(call: ToolCall): ToolCall {
  const isLarge = (JSON.stringify(call.args) ?? "").length > LIMITS.toolArgsMaxBytes;
  return { ...call, tool_name: call.tool_name.slice(0, 128), args: isLarge ? null : call.args };
}

/** Marks a call that people must not see: one of a hidden agent, or one that leads to one. */
export function marked(files: AppFiles, agent: Found, call: ToolCall): ToolCall {
  const to = handoffOf(files, agent, call.tool_name) ?? askedBy(files, agent, call.tool_name);
  return agent.definition.hidden || to?.definition.hidden ? { ...call, hidden: true } : call;
}
