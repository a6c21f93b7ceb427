import { LIMITS } from "#base/limits";
import type { Refusal } from "#ledger/types";

export const UNAVAILABLE: Refusal = { ok: false, code: "LEDGER_UNAVAILABLE", details: {} };

/**
 * Every operation of the ledger has a key, so it may be tried again, on a new stub. An object that is overloaded or
 * doesn't answer in time is left alone.
 */
export async function twice<T>(
  call: (isSecond: boolean) => PromiseLike<T>,
  withinMs: number = LIMITS.ledgerTimeoutMs,
): Promise<T> {
  try {
    return await inTime(call(false), withinMs);
  } catch (error) {
    // Callers learn no more than that it can't be reached; why is for the log.
    console.error(JSON.stringify({ level: "error", event: "ledger.unreachable", cause: String(error) }));
    if (error instanceof Error && (error.name === LATE || ("overloaded" in error && error.overloaded)))
      throw error;
    return await inTime(call(true), withinMs);
  }
}

const LATE = "TimeoutError";

async function inTime<T>(answer: PromiseLike<T>, withinMs: number): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(Object.assign(new Error(`no answer within ${withinMs} ms`), { name: LATE })),
    withinMs,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
