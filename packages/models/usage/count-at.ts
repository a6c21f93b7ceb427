import { LEDGER_LIMITS } from "#ledger/limits";

/**
 * The token count at a path of what a provider sent, or null: a text, a negative, NaN, or more than the ledger
 * takes is no count. Counts are whole; a fraction is rounded up, so that none of it is left unbilled.
 */
export function countAt(raw: unknown, ...path: string[]): number | null {
  const value = path.reduce(fieldOf, raw);
  if (typeof value !== "number" || !(value >= 0 && value <= LEDGER_LIMITS.maxTokens)) return null;
  // Adding zero makes a plain one of JSON's "-0".
  return Math.ceil(value) + 0;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return value[name as keyof typeof value];
}
