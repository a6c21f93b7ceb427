import { planApp } from "#generator/plan-app";
import type { Refusal } from "#ledger/types";
import type { Driver } from "./driver.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { submit } from "./take-input.ts";

export type BuildAsk = { build_id: string; prompt: string; approve: "auto" | "manual" };

/** The prompt as the chat's message: its run is the build. Errors: NOT_FOUND, RATE_LIMITED. */
export function submitBuild(
  room: Room,
  driver: Driver,
  open: SessionOpen,
  ask: BuildAsk,
): { ok: true; status: string } | Refusal {
  if (!driver.admit(open)) return { ok: false, code: "NOT_FOUND", details: {} };
  room.store.setMeta(`approve:${ask.build_id}`, ask.approve);
  const taken = submit(room, { text: ask.prompt, client_message_id: ask.build_id });
  return taken.ok ? { ok: true, status: "building" } : { ok: false, code: taken.code, details: {} };
}

/** PROMPT_UNUSABLE where the prompt gives nothing to build (`details.reason` in a sentence), else null. */
export function refusePrompt(prompt: string): Refusal | null {
  const planned = planApp(prompt);
  return planned.ok ? null : { ok: false, code: planned.code, details: { reason: planned.message } };
}
