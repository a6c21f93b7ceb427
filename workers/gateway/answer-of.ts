import { appError } from "#base/app-error";
import type { ErrorCode } from "#protocol/errors";

type Refusal = { ok: false; code: ErrorCode; details?: Record<string, unknown> };

/** Objects answer refusals as values, for an error's class is lost on the way: here they become errors again. */
export function accepted<T extends { ok: true }>(answer: T | Refusal): T {
  if (answer.ok) return answer;
  throw appError(answer.code, answer.details);
}
