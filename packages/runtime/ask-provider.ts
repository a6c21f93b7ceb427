import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import { type Beginning, beginAnswer } from "./begin-answer.ts";
import type { Failure } from "./failure-of.ts";
import type { RunDeps } from "./run-deps.ts";

type Deps = Pick<RunDeps, "signal" | "clock" | "wait" | "random">;

/**
 * Asks one model until its answer begins (F13, F14): a failure that may pass is tried again, as soon as the provider
 * says, or after a wait that doubles. Ends with the last failure, after `LIMITS.modelMaxAttempts` or at once where
 * another try would be no use. Nothing has been shown before, so nobody sees the tries.
 */
export async function askProvider(
  model: LanguageModelV4,
  asked: LanguageModelV4CallOptions,
  deps: Deps,
): Promise<Beginning> {
  for (let attempt = 1; ; attempt++) {
    const answer = await beginAnswer(model, asked, deps);
    if (answer.do !== "failed") return answer;
    const waitMs = waitFor(answer.failure, attempt, deps.random?.() ?? 1);
    if (waitMs === null) return answer;
    await deps.wait(waitMs, deps.signal);
    if (deps.signal.aborted) return { do: "stopped", reached: false };
  }
}

/** Milliseconds until the next try, or null for none. Half of a bound that doubles, and a random share of the rest. Pure. */
export function waitFor(failure: Failure, attempt: number, random: number): number | null {
  if (!failure.may_pass || attempt >= LIMITS.modelMaxAttempts) return null;
  if (failure.after_ms !== null)
    return failure.after_ms <= LIMITS.modelRetryAfterMaxMs ? failure.after_ms : null;
  return Math.round(LIMITS.modelBackoffMs * 2 ** (attempt - 1) * (0.5 + random / 2));
}
