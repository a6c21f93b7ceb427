import { LIMITS } from "#base/limits";
import {
  type ModelAnswer,
  type NoAnswer,
  type PlannerModel,
  planByModel,
} from "#generator/by-model/plan-by-model";
import type { CheckFiles } from "#generator/check-plan";
import { type Planner, planByRules } from "#generator/planner";
import { worstCaseNano } from "#ledger/cost";
import { priceFor } from "#ledger/price-for";
import { askForText, type TextAnswer } from "#runtime/ask-for-text";
import { upperTokens } from "#runtime/estimate-tokens";
import type { Meter } from "#runtime/meter";
import type { Deps } from "../compose.ts";
import { GENERATOR, type SessionOpen } from "./session-open.ts";

/** What planning one build may cost, unless the operator says otherwise: $0.50. */
const CAP_NANO = 500_000_000n;

type PlannerDeps = Pick<
  Deps,
  "env" | "prices" | "resolveModel" | "clock" | "random" | "newId" | "wait" | "log"
> & {
  /** The foundry's. */
  meter: () => Promise<Meter>;
  check: CheckFiles;
  signal: AbortSignal;
};

/** The operator's planner: GENERATOR_MODEL, or the embedded one by rules. What it asks is paid by the foundry. */
export function plannerOf(deps: PlannerDeps, open: SessionOpen, buildId: string): Planner {
  const { GENERATOR_MODEL: name, BUILD_COST_CAP_NANO: cap = "" } = deps.env;
  if (!name) return planByRules;
  const max_output = LIMITS.planMaxOutputTokens;
  const upperNano: PlannerModel["upperNano"] = (prompt) => {
    const found = priceFor(deps.prices, name, deps.clock.now());
    return found.ok ? worstCaseNano(upperTokens(prompt), max_output, found.price.pico) : null;
  };
  const ask: PlannerModel["ask"] = async (prompt, call_id) => {
    const model = await modelOf(deps, name);
    if (!model) return { ok: false, reason: "unavailable", cost_nano: 0n };
    const { clock, random, newId, wait, signal } = deps;
    // Providers' strict modes know no records, so the schema stands in the prompt.
    const asked = { prompt, responseFormat: { type: "json" as const } };
    const who = { workflow: GENERATOR, agent: "planner", run_id: buildId };
    const answer = await askForText({ ...who, call_id, name, asked, max_output }, model, {
      meter: await deps.meter(),
      chat_id: open.chat_id,
      user: { id: open.user_id, name: open.user_name },
      clock,
      random,
      newId,
      wait,
      signal,
    });
    if (answer.end !== "whole")
      deps.log("warn", "planner.no_answer", { build_id: buildId, ...toldOf(answer) });
    // What could not be told to the ledger may have cost the most.
    return answerOf(answer, answer.cost_nano ?? upperNano(prompt) ?? 0n);
  };
  // One that can't be read lets nothing be spent.
  const capNano = cap === "" ? CAP_NANO : /^\d{1,18}$/.test(cap) ? BigInt(cap) : 0n;
  return planByModel({ name, check: deps.check, capNano, upperNano, ask }, buildId);
}

function answerOf(answer: TextAnswer, cost_nano: bigint): ModelAnswer {
  if (answer.end === "whole") return { ok: true, text: answer.text, cost_nano };
  return { ok: false, reason: reasonOf(answer), cost_nano };
}

function reasonOf(answer: Exclude<TextAnswer, { end: "whole" }>): NoAnswer {
  if (answer.end !== "failed") return answer.end;
  if (NO_MONEY.has(answer.code)) return "no_money";
  return answer.reason !== null && REFUSED.has(answer.reason) ? "refused" : "unavailable";
}
const NO_MONEY = new Set(["INSUFFICIENT_BALANCE", "BUDGET_EXCEEDED", "TEMPORARILY_HELD"]);
const REFUSED = new Set(["filtered", "refused"]);

function toldOf(answer: TextAnswer) {
  return answer.end === "failed" ? { code: answer.code, reason: answer.reason } : { code: answer.end };
}

/** None where the operator's list of providers can't be read, too: it was said when it was read. */
async function modelOf({ resolveModel }: PlannerDeps, name: string) {
  try {
    return await resolveModel(name);
  } catch {
    return null;
  }
}
