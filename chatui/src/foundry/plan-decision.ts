import type { ToolItem } from "../chat/chat-state.ts";
import { STEPS } from "./merge-steps.ts";

const AFTER_PLAN = STEPS.slice(STEPS.indexOf("plan") + 1) as string[];

/**
 * Whether a plan still waits for its yes or no. A build's call is one, so the log says it: no step after the plan
 * has begun, and the build has no outcome.
 */
export function planDecision({
  awaiting,
  answer,
  outcome,
  steps,
}: ToolItem): "open" | "approved" | "refused" {
  if (outcome?.status === "declined") return "refused";
  if (outcome || steps.some((step) => AFTER_PLAN.includes(step.name))) return "approved";
  if (answer?.status === "accepted")
    return (answer.response as { approved?: boolean }).approved === true ? "approved" : "refused";
  return awaiting ? "open" : "approved";
}

/** Whether a build's questions still wait for their answers. */
export function areOpen({ awaiting, answer, outcome }: ToolItem): boolean {
  return awaiting && !outcome && answer?.status !== "accepted";
}
