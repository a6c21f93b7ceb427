import { LIMITS } from "#base/limits";
import { durationMs } from "#protocol/app-file/duration";
import type { Tool } from "#protocol/app-file/tool";
import { cel } from "./cel.ts";

type Approval = Extract<Tool, { approval?: unknown }>["approval"];

/**
 * Who answers an approval, and until when (milliseconds): the team always has a deadline. `variables`: what its
 * conditions see.
 */
export function approverOf(
  approval: Approval,
  variables: Record<string, unknown>,
  now: number,
): { by: "user" | "operator"; expires_at?: number } {
  const by = isOfTeam(approval, variables) ? "operator" : "user";
  const wait = approval?.expires === undefined ? null : durationMs(approval.expires);
  if (wait === null && by === "user") return { by };
  return { by, expires_at: now + (wait ?? LIMITS.teamApprovalMs) };
}

/** Why an approval was not given, for the model. */
export function refusalOf(
  approval: Approval,
  variables: Record<string, unknown>,
  answer: { expired?: boolean },
): string {
  if (answer.expired) return "Nobody decided in time, so it was not done.";
  return isOfTeam(approval, variables) ? "The team said no." : "The person said no.";
}

function isOfTeam(approval: Approval, variables: Record<string, unknown>): boolean {
  if (approval?.by === "operator") return true;
  return approval?.team_when !== undefined && cel(approval.team_when, variables) === true;
}
