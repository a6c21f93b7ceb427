import { LIMITS } from "#base/limits";
import type { ModelFailure } from "./model-failure.ts";

/**
 * How long to wait before a model is asked again, in milliseconds; null when it is not to be. Doubles each time, with
 * chance in it, so that those who failed together don't come back together; never sooner than the provider says.
 * @param attempt which one has failed, from 0
 */
export function retryWait(
  { remedy, retry_after_ms }: Pick<ModelFailure, "remedy" | "retry_after_ms">,
  attempt: number,
  random: () => number,
): number | null {
  if (remedy !== "again" || attempt + 1 >= LIMITS.modelMaxAttempts) return null;
  const step = LIMITS.modelRetryMs * 2 ** attempt;
  if (retry_after_ms === null) return step / 2 + (step / 2) * random();
  return retry_after_ms > LIMITS.modelRetryMaxMs ? null : retry_after_ms + (step / 2) * random();
}
