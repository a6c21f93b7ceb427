import { areTokenCounts } from "./counts.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import type { Attempt } from "./types.ts";

/** What tells a repeated delivery from other figures. */
export function attemptsPayload(attempts: readonly Attempt[]): string {
  return JSON.stringify(
    attempts.map(({ attempt, model, response_id, counts: c, source }) => [
      attempt,
      model,
      response_id || null,
      [c.input, c.cache_read, c.cache_write, c.output, c.reasoning],
      source,
    ]),
  );
}

/** One provider response delivered twice counts once; null when the two deliveries differ. */
export function withoutRepeats<T extends Attempt>(attempts: readonly T[]): T[] | null {
  const seen = new Map<string, string>();
  const kept: T[] = [];
  for (const attempt of [...attempts].sort((a, b) => a.attempt - b.attempt)) {
    const id = attempt.response_id
      ? `response ${attempt.model} ${attempt.response_id}`
      : `attempt ${attempt.attempt}`;
    const figures = attemptsPayload([{ ...attempt, attempt: 0 }]);
    const before = seen.get(id);
    if (before === undefined) kept.push(attempt);
    else if (before !== figures) return null;
    seen.set(id, figures);
  }
  return new Set(kept.map((attempt) => attempt.attempt)).size === kept.length ? kept : null;
}

export function areAttempts(attempts: Attempt[]): boolean {
  return (
    Array.isArray(attempts) &&
    attempts.length <= LEDGER_LIMITS.maxAttemptsPerCall &&
    attempts.every(
      (attempt) =>
        Number.isInteger(attempt?.attempt) &&
        attempt.attempt >= 0 &&
        attempt.attempt < LEDGER_LIMITS.maxAttemptsPerCall &&
        typeof attempt.model === "string" &&
        ["provider", "checkpoint", "estimated"].includes(attempt.source) &&
        (attempt.response_id === undefined || typeof attempt.response_id === "string") &&
        areTokenCounts(attempt.counts),
    )
  );
}
