import { appError } from "#base/app-error";
import type { ErrorCode } from "#protocol/errors";

type Refusal = { ok: false; code: ErrorCode; details?: Record<string, unknown> };

/** Objects answer refusals as values, for an error's class is lost on the way: here they become errors again. */
export function accepted<T extends object>(answer: T): Exclude<T, { ok: false }> {
  const refusal = answer as Partial<Refusal>;
  if (refusal.ok === false && refusal.code) throw appError(refusal.code, refusal.details);
  return answer as Exclude<T, { ok: false }>;
}
