import { consoleLog } from "#base/console-log";
import { LIMITS } from "#base/limits";
import type { Refusal } from "#ledger/types";
import { within } from "../timer.ts";

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
    consoleLog("error", "ledger.unreachable", { cause: String(error) });
    if (error instanceof Error && (error.name === LATE || ("overloaded" in error && error.overloaded)))
      throw error;
    return await inTime(call(true), withinMs);
  }
}

const LATE = "TimeoutError";

function inTime<T>(answer: PromiseLike<T>, withinMs: number): Promise<T> {
  return within(withinMs, answer, () =>
    Object.assign(new Error(`no answer within ${withinMs} ms`), { name: LATE }),
  );
}
