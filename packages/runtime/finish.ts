import { LIMITS } from "#base/limits";
import { ERRORS } from "#protocol/errors";
import { afterAnswer } from "./after-answer.ts";
import type { RunEvent } from "./events.ts";
import { type Found, findAgent } from "./find-agent.ts";
import { asked, currentScope, moveTo, placeOf } from "./place.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { toolResult } from "./tool-result.ts";
import { handoffToolName } from "./tools/handoff.ts";
import type { Entry, Outcome } from "./transcript.ts";

/** An agent has given its answer: it is put right, passed on, handed to who asked for it, or the turn's last. */
export function* finish(
  run: RunState,
  view: readonly Entry[],
  agent: Found,
  deps: RunDeps,
): Generator<RunEvent> {
  const last = view.at(-1);
  if (last?.kind !== "assistant") return yield { type: "completed" };
  if (last.interrupted) return yield* fail(run, deps, "MODEL_FAILED");
  if (saidNothing(view)) return yield* fail(run, deps, "MODEL_FAILED");
  const after = afterAnswer(run, agent, last.text, deps.user);
  if (after.do === "give_up") return yield* fail(run, deps, "OUTPUT_INVALID");
  if (after.do === "repair") {
    run.repairs = { count: (run.repairs?.count ?? 0) + 1, problem: after.problem };
    const text = `That answer can't be used. ${after.problem} Answer again, with the JSON object only.`;
    return yield { type: "note", text, scope: currentScope(run) };
  }
  if (after.do === "pass") {
    if ((run.passes ?? 0) >= LIMITS.runMaxPasses) return yield stopped("passes");
    const to = findAgent(deps.files, { workflow: agent.workflow, agent: after.rule.to });
    return yield pass(run, agent, to, after, deps);
  }
  run.vars = after.vars;
  run.repairs = null;
  if (!asked(run)) return yield { type: "completed" };
  const text = last.text.slice(0, LIMITS.askMaxChars);
  yield answer(run, deps, after.output ? { ok: true, answer: after.output } : { ok: true, message: text });
}

function pass(
  run: RunState,
  agent: Found,
  to: Found,
  { rule, key, vars }: Extract<ReturnType<typeof afterAnswer>, { do: "pass" }>,
  deps: RunDeps,
): RunEvent {
  const scope = currentScope(run);
  run.passes = (run.passes ?? 0) + 1;
  run.visits = { ...run.visits, [key]: (run.visits?.[key] ?? 0) + 1 };
  run.vars = vars;
  run.repairs = null;
  moveTo(run, to);
  const speaks = scope === undefined && !to.definition.hidden && to.agent !== agent.agent;
  const said = `${to.title} goes on from here.${rule.note ? ` ${rule.note}` : ""}`;
  return {
    type: "passed",
    message_id: deps.newId("msg"),
    agent: agent.agent,
    call: { tool_call_id: deps.newId("call"), tool_name: handoffToolName(to.agent), args: {}, hidden: true },
    outcome: { ok: true, message: said },
    scope,
    to: speaks ? { workflow: to.workflow, agent: to.agent, title: to.title } : null,
  };
}

/** The answer goes to the agent that asked; its private conversation has ended. People see that it came, not what it says. */
function answer(run: RunState, deps: RunDeps, outcome: Outcome): RunEvent {
  const done = asked(run);
  if (!done) throw new Error("nobody asked");
  run.stack = run.stack?.slice(0, -1) ?? [];
  run.repairs = null;
  const asker = findAgent(deps.files, placeOf(run));
  const seen: Outcome = outcome.ok ? { ok: true } : { ok: false, error: "There was no answer." };
  return { ...toolResult(run, asker, done.call, outcome), seen, closes: true };
}

/** An agent that can't answer is no end for the one that asked: it is told so. */
export function* fail(
  run: RunState,
  deps: RunDeps,
  code: "MODEL_FAILED" | "OUTPUT_INVALID",
): Generator<RunEvent> {
  if (!asked(run)) return yield { type: "failed", code, message: ERRORS[code].message };
  const { title } = findAgent(deps.files, placeOf(run));
  yield answer(run, deps, { ok: false, error: `${title} could not answer.` });
}

export function stopped(limit: string): RunEvent {
  return {
    type: "failed",
    code: "LIMIT_REACHED",
    message: `This turn reached its limit of ${limit.replaceAll("_", " ")}.`,
    details: { limit },
  };
}

/** Nothing at all since the person spoke: no text, no tool. That is no answer (F19). */
function saidNothing(view: readonly Entry[]): boolean {
  const from = view.findLastIndex((entry) => entry.kind === "user");
  return view
    .slice(from + 1)
    .every((entry) => entry.kind === "assistant" && !entry.text.trim() && entry.calls.length === 0);
}
