import type { Refusal } from "#ledger/types";

export const UNAVAILABLE: Refusal = { ok: false, code: "LEDGER_UNAVAILABLE", details: {} };

/** Every operation of the ledger has a key, so it may be tried again, on a new stub; an overloaded object is left alone. */
export async function twice<T>(call: () => PromiseLike<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // Callers learn no more than that it can't be reached; why is for the log.
    console.error(JSON.stringify({ level: "error", event: "ledger.unreachable", cause: String(error) }));
    if (error instanceof Error && "overloaded" in error && error.overloaded) throw error;
    return await call();
  }
}
