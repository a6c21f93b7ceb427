import { LIMITS } from "#base/limits";
import type { NextRule } from "#protocol/app-file/flow";
import { cel } from "./cel.ts";
import type { Found } from "./find-agent.ts";
import { celOutput, readOutput } from "./read-output.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { celVars, readVars, type Vars, writeVar } from "./vars.ts";

/** What follows an agent's finished answer. `vars`: the chat's variables with what it writes. */
export type After =
  | { do: "repair"; problem: string }
  | { do: "give_up"; problem: string }
  | { do: "pass"; rule: NextRule; key: string; vars: Vars }
  | { do: "answer"; output: Record<string, unknown> | null; vars: Vars };

/**
 * Decides it from rows alone, so that a run that was cut here decides the same again. Pure. The same fault twice, or
 * too many, and an answer that must be JSON is given up. Error: INVALID_WORKFLOW when a rule's condition can't be
 * worked out.
 */
export function afterAnswer(run: RunState, agent: Found, text: string, user: RunDeps["user"]): After {
  const { definition, file } = agent;
  const draft = { vars: structuredClone(run.vars ?? {}) };
  let output: Record<string, unknown> | null = null;
  if (definition.output) {
    const read = readOutput(definition.output, text);
    if (!read.ok) {
      const { count, problem } = run.repairs ?? { count: 0, problem: null };
      const stop = problem === read.problem || count >= LIMITS.outputMaxRepairs;
      return { do: stop ? "give_up" : "repair", problem: read.problem };
    }
    output = read.value;
    for (const [name, property] of Object.entries(definition.output.writes ?? {}))
      if (Object.hasOwn(output, property)) writeVar(draft, file, agent.agent, name, output[property]);
  }
  const seen = () => ({
    vars: celVars(readVars(draft, file), file),
    output: celOutput(output, definition.output?.schema),
    user,
  });
  for (const [index, rule] of (definition.next ?? []).entries()) {
    const key = `${agent.workflow}/${agent.agent}/${index}`;
    if (rule.max !== undefined && (run.visits?.[key] ?? 0) >= rule.max) continue;
    if (rule.when !== undefined && cel(rule.when, seen()) !== true) continue;
    for (const [name, expression] of Object.entries(rule.set ?? {}))
      writeVar(draft, file, agent.agent, name, cel(expression, seen()));
    if (rule.to === "end") break;
    return { do: "pass", rule, key, vars: draft.vars };
  }
  return { do: "answer", output, vars: draft.vars };
}
