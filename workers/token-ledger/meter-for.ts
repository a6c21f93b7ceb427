import type { Refusal, ReserveAnswer, SettleAnswer } from "#ledger/types";
import type { Meter } from "#runtime/meter";
import type { Env } from "../env.ts";
import { ledgerFor } from "./ledger-for.ts";

const UNAVAILABLE: Refusal = { ok: false, code: "LEDGER_UNAVAILABLE", details: {} };

/**
 * The meter over a tenant's ledger. Money fails closed: what can't be reached refuses with
 * LEDGER_UNAVAILABLE. A lost checkpoint only makes an estimate coarser; a lost `void` throws.
 */
export function meterFor(env: Pick<Env, "TOKEN_LEDGER">, enterpriseId: string): Meter {
  const ledger = () => ledgerFor(env, enterpriseId);
  return {
    reserve: (ask) => twice<ReserveAnswer>(() => ledger().reserve(ask)).catch(() => UNAVAILABLE),
    checkpoint: async (callId, counts) => {
      await twice<unknown>(() => ledger().checkpoint(callId, counts)).catch(() => undefined);
    },
    settle: (callId, attempts) =>
      twice<SettleAnswer>(() => ledger().settle(callId, attempts)).catch(() => UNAVAILABLE),
    void: async (callId) => {
      await twice<unknown>(() => ledger().voidCall(callId));
    },
  };
}

/** Every operation has a key, so it may be tried again, on a new stub; an overloaded object is left alone. */
async function twice<T>(call: () => PromiseLike<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // Callers learn no more than that it can't be reached; why is for the log.
    console.error(JSON.stringify({ level: "error", event: "ledger.unreachable", cause: String(error) }));
    if (error instanceof Error && "overloaded" in error && error.overloaded) throw error;
    return await call();
  }
}
