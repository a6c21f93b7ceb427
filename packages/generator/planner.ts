import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";
import { type PlanAnswer, planApp, type Refused } from "./plan-app.ts";

/** What is to be planned. No `answers`: nobody was asked yet. */
export type PlanAsk = { prompt: string; answers: Answers | undefined };

/** What planning took so far, as a row: a planner brings it forward in place before each thing it pays for. */
export type Planning = { asks: number; spent_nano: string };

export type PlannerAnswer =
  | { kind: "plan"; plan: Plan; by: PlannedBy }
  | Refused
  | Extract<PlanAnswer, { kind: "questions" }>;

/** Makes a plan of a prompt. Says how far it is, in words for people, each time `planning` has changed; does not throw. */
export type Planner = (ask: PlanAsk, planning: Planning) => AsyncGenerator<string, PlannerAnswer>;

/** The embedded planner: pure, free, the same plan for the same prompt. */
export const planByRules: Planner = async function* (ask) {
  yield* [];
  const answer = planApp(ask.prompt, ask.answers);
  return answer.kind === "plan" ? { ...answer, by: { by: "rules", asks: 0 } } : answer;
};
