import { type CheckFiles, checkPlan } from "#generator/check-plan";
import { planApp } from "#generator/plan-app";
import type { Refusal } from "#ledger/types";
import type { BuildAsk } from "./build-deps.ts";
import type { BuildAnswer } from "./builds.ts";
import type { Driver } from "./driver.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { submit } from "./take-input.ts";

export type BuildRefusal = Extract<BuildAnswer, { ok: false }>;
export type NewBuild = { build_id: string; prompt: string } & BuildAsk;

/**
 * PROMPT_UNUSABLE where the prompt of a new app gives nothing to build (`details.reason` in a sentence), BAD_REQUEST
 * (`issues`) where no app can be built of the plan that comes with it, else null.
 */
export function refusePrompt(
  { prompt, plan, base_version }: NewBuild,
  check: CheckFiles,
): BuildRefusal | null {
  const given = plan && checkPlan(plan, check);
  if (given) return given.ok ? null : { ok: false, code: "BAD_REQUEST", details: { issues: given.issues } };
  const planned = base_version === undefined ? planApp(prompt, {}) : null;
  if (planned?.kind !== "refused") return null;
  return { ok: false, code: planned.code, details: { reason: planned.message } };
}

/** The prompt as the chat's message: its run is the build. Errors: NOT_FOUND, RATE_LIMITED. */
export function submitBuild(
  room: Room,
  driver: Driver,
  open: SessionOpen,
  { build_id, prompt, ...asked }: NewBuild,
): { ok: true; status: string } | Refusal {
  if (!driver.admit(open)) return { ok: false, code: "NOT_FOUND", details: {} };
  room.store.setMeta(`asked:${build_id}`, asked);
  const taken = submit(room, { text: prompt, client_message_id: build_id });
  return taken.ok ? { ok: true, status: "building" } : { ok: false, code: taken.code, details: {} };
}
