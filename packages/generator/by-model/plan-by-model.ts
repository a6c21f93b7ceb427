import type { LanguageModelV4Prompt } from "@ai-sdk/provider";
import { readObject } from "#base/read-object";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { cleanPrompt } from "../brief/clean-prompt.ts";
import { type CheckFiles, checkPlan, type Issue } from "../check-plan.ts";
import { type PlanAnswer, planApp } from "../plan-app.ts";
import type { Planner, PlannerAnswer } from "../planner.ts";
import {
  complaint,
  completed,
  MAX_PLANNED_WORKFLOWS,
  modelPlan,
  PLANNER_PROMPT_VERSION,
  plannerQuestion,
  plannerSystem,
} from "./planner-prompt.ts";
import { ruleIssues } from "./rule-issues.ts";

/** Times a plan that can't be built is asked for again. */
export const MAX_REPAIRS = 3;

/** An answer of a model in whole, or why there is none; what it cost in nano-USD either way. */
export type ModelAnswer =
  | { ok: true; text: string; cost_nano: bigint }
  | { ok: false; reason: NoAnswer; cost_nano: bigint };
export type NoAnswer = "unavailable" | "refused" | "cut" | "no_money" | "stopped";

export type PlannerModel = {
  /** `{provider}/{model}`. */
  name: string;
  /** The most that one question can cost, in nano-USD; null for a model without a price. */
  upperNano: (prompt: LanguageModelV4Prompt) => bigint | null;
  /** Asks once, metered and paid by the foundry. `callId`: never used before. Does not throw. */
  ask: (prompt: LanguageModelV4Prompt, callId: string) => Promise<ModelAnswer>;
  /** The most that planning one build may cost, in nano-USD. */
  capNano: bigint;
  check: CheckFiles;
};

const WHY: Record<NoAnswer | "commands" | "expensive" | "unbuildable" | "no_price", string> = {
  unavailable: "the model could not be reached or took too long",
  refused: "the model would not plan it",
  cut: "the model's answer broke off",
  no_money: "what may be spent on planning is used up",
  stopped: "the model was stopped",
  commands: "parts of the prompt read like instructions to the planner",
  expensive: "asking the model on could cost more than one build may",
  unbuildable: `the model gave no plan that can be built, also after ${MAX_REPAIRS} corrections`,
  no_price: "the planner's model has no price",
};

/**
 * Plans by a model: its answer is read as a plan, checked like an edited one, and asked for again with what is wrong with
 * it. Whatever goes wrong, the plan is the one by rules, and says why. What must be asked of the person, and which prompt
 * can't be built, the rules say: a model is paid for nothing else.
 */
export function planByModel(model: PlannerModel, buildId: string): Planner {
  return async function* (ask, planning) {
    const rules = planApp(ask.prompt, ask.answers);
    if (rules.kind !== "plan") return rules;
    const { sentences, left_out } = cleanPrompt(ask.prompt);
    if (left_out.length > 0) return byRules(rules, "commands", planning.asks);
    const prompt: LanguageModelV4Prompt = [
      { role: "system", content: plannerSystem() },
      user(plannerQuestion(sentences.join(".\n"), ask.answers ?? {})),
    ];
    for (let repairs = 0; repairs <= MAX_REPAIRS; repairs += 1) {
      const upper = model.upperNano(prompt);
      if (upper === null) return byRules(rules, "no_price", planning.asks);
      if (BigInt(planning.spent_nano) + upper > model.capNano)
        return byRules(rules, "expensive", planning.asks);
      // Counted as if it cost the most, until it is known: a crash must not make it free.
      planning.asks += 1;
      planning.spent_nano = String(BigInt(planning.spent_nano) + upper);
      yield repairs === 0 ? "asking the model" : `correction ${repairs} of ${MAX_REPAIRS}`;
      const said = await model.ask(prompt, `${buildId}/plan/${planning.asks}`);
      planning.spent_nano = String(BigInt(planning.spent_nano) - upper + said.cost_nano);
      if (!said.ok) return byRules(rules, said.reason, planning.asks);
      const read = readPlan(said.text, rules.plan.estimate, model.check);
      if (read.ok) return { kind: "plan", plan: read.plan, by: byModel(model, planning.asks) };
      prompt.push(
        { role: "assistant", content: [{ type: "text", text: said.text }] },
        user(complaint(read.issues)),
      );
    }
    return byRules(rules, "unbuildable", planning.asks);
  };
}

type ReadPlan = { ok: true; plan: Plan } | { ok: false; issues: Issue[] };

/** A model's text as a plan that can be built, or what is wrong with it, for the model. */
export function readPlan(text: string, estimate: Plan["estimate"], check: CheckFiles): ReadPlan {
  const value = readObject(text);
  if (value === undefined)
    return { ok: false, issues: [{ path: "plan", message: "It is not one JSON object and nothing else." }] };
  const parsed = modelPlan.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({
      path: ["plan", ...path].join("."),
      message,
    }));
    return { ok: false, issues };
  }
  if (parsed.data.workflows.length > MAX_PLANNED_WORKFLOWS)
    return {
      ok: false,
      issues: [{ path: "plan.workflows", message: `More than ${MAX_PLANNED_WORKFLOWS}.` }],
    };
  const plan = completed(parsed.data, estimate);
  const issues = ruleIssues(plan);
  return issues.length > 0 ? { ok: false, issues } : checkPlan(plan, check);
}

function byRules(
  rules: Extract<PlanAnswer, { kind: "plan" }>,
  why: keyof typeof WHY,
  asks: number,
): PlannerAnswer {
  const note = `Planned by rules: ${WHY[why]}.`;
  const plan = { ...rules.plan, assumptions: [note, ...rules.plan.assumptions].slice(0, 30) };
  return { kind: "plan", plan, by: { by: "rules", asks } };
}

function byModel({ name }: PlannerModel, asks: number): PlannedBy {
  return { by: "model", asks, model: name, prompt_version: PLANNER_PROMPT_VERSION };
}

function user(text: string): LanguageModelV4Prompt[number] {
  return { role: "user", content: [{ type: "text", text }] };
}
