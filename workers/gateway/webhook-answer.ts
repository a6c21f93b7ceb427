import { appError } from "#base/app-error";
import { LIMITS } from "#base/limits";
import type { Refused } from "../webhooks-out/webhooks-out.ts";

/** What the outbox did; its refusals as errors. Errors: NOT_FOUND, LIMIT_REACHED, CONFLICT (it is switched off). */
export function granted<T extends { ok: boolean }>(answer: T | Refused): Exclude<T, Refused> {
  if (answer.ok) return answer as Exclude<T, Refused>;
  switch ((answer as Refused).code) {
    case "NOT_FOUND":
      throw appError("NOT_FOUND");
    case "LIMIT_REACHED": {
      const max = LIMITS.webhooksPerApp;
      throw appError("LIMIT_REACHED", { max_webhooks: max }, `An app may have ${max} webhooks.`);
    }
    case "CONFLICT":
      throw appError("CONFLICT", undefined, "This webhook is switched off. Switch it on first.");
  }
}
