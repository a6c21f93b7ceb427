import { LIMITS } from "#base/limits";
import { durationMs } from "#protocol/app-file/duration";
import type { Tool } from "#protocol/app-file/tool";

type Approval = Extract<Tool, { approval?: unknown }>["approval"];

/** Who answers an approval, and until when (milliseconds): the team always has a deadline. */
export function approverOf(
  approval: Approval,
  now: number,
): { by: "user" | "operator"; expires_at?: number } {
  const by = approval?.by ?? "user";
  const wait = approval?.expires === undefined ? null : durationMs(approval.expires);
  if (wait === null && by === "user") return { by };
  return { by, expires_at: now + (wait ?? LIMITS.teamApprovalMs) };
}

/** Why an approval was not given, for the model. */
export function refusalOf(approval: Approval, answer: { expired?: boolean }): string {
  if (answer.expired) return "Nobody decided in time, so it was not done.";
  return approval?.by === "operator" ? "The team said no." : "The person said no.";
}
