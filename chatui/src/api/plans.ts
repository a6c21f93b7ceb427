import type { Build } from "#protocol/api/build";
import type { AskedPlan, Plan } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";
import { sendJson } from "./http.ts";

/** What would be built of a prompt, or what to ask first; nobody has to be signed in, and nothing is kept. */
export function askPlan(prompt: string, answers?: Answers): Promise<AskedPlan> {
  return sendJson<AskedPlan>("POST", "/api/plan", { prompt, ...(answers && { answers }) });
}

/** What an edited plan would cost. Errors: BAD_REQUEST (no app can be built of it), RATE_LIMITED. */
export function askEstimate(plan: Plan): Promise<Pick<Plan, "estimate">> {
  return sendJson("POST", "/api/plan/estimate", { plan });
}

/** Says yes to a plan, as it was edited. Errors: BAD_REQUEST (no app can be built of it), PLAN_CHANGED, CONFLICT. */
export function approvePlan(
  { enterprise_id, build_id, plan_hash }: { enterprise_id: string; build_id: string; plan_hash: string },
  plan: Plan,
  key: string,
): Promise<Build> {
  const path = `/api/apps/${enterprise_id}/builds/${build_id}/approve`;
  return sendJson<Build>("POST", path, { plan_hash, plan }, key);
}
