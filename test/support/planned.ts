import { planApp } from "#generator/plan-app";
import type { Plan } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";

/** The plan for a prompt; questions are skipped unless answered. */
export function planned(prompt: string, answers: Answers = {}): Plan {
  const answer = planApp(prompt, answers);
  if (answer.kind === "refused") throw new Error(`${prompt}: ${answer.message}`);
  return answer.plan;
}
