import * as z from "zod";
import { RATES, type RateName } from "#base/rates";
import type { Rate } from "./rate.ts";

const set = z.strictObject({
  max: z.number().int().min(1).max(1_000_000_000),
  per_ms: z
    .number()
    .int()
    .min(1_000)
    .max(366 * 86_400_000)
    .optional(),
});
const operators = z.partialRecord(z.enum(Object.keys(RATES) as [RateName, ...RateName[]]), set);

/**
 * The platform's rates with what the operator has set of them (`RATE_LIMITS`): JSON, name → `{max, per_ms?}`. Of what is
 * not valid nothing counts, and the platform's own numbers stand: `issues` says why, for the log.
 */
export function ratesOf(text: string | undefined): { rates: Record<RateName, Rate>; issues: string[] } {
  const rates: Record<RateName, Rate> = { ...RATES };
  if (!text) return { rates, issues: [] };
  const read = operators.safeParse(jsonOf(text));
  if (!read.success) {
    return { rates, issues: read.error.issues.map((it) => `${it.path.join(".")}: ${it.message}`) };
  }
  for (const [name, { max, per_ms }] of Object.entries(read.data) as [RateName, z.infer<typeof set>][])
    rates[name] = { max, per_ms: per_ms ?? RATES[name].per_ms };
  return { rates, issues: [] };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
