import { env } from "cloudflare:workers";
import type { RateName } from "#base/rates";

const DAY_MS = 86_400_000;

/** Rates as an operator sets them, while `work` goes on. Over a day: nothing comes back meanwhile, however slow the machine. */
export async function withRates<T>(
  max: Partial<Record<RateName, number>>,
  work: () => Promise<T>,
): Promise<T> {
  const set = Object.entries(max).map(([name, it]) => [name, { max: it, per_ms: DAY_MS }]);
  const limits = env as { RATE_LIMITS?: string };
  limits.RATE_LIMITS = JSON.stringify(Object.fromEntries(set));
  try {
    return await work();
  } finally {
    delete limits.RATE_LIMITS;
  }
}
