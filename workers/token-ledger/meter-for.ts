import type { Refusal, ReserveAnswer, SettleAnswer } from "#ledger/types";
import type { Meter } from "#runtime/meter";
import type { Env } from "../env.ts";
import { ledgerFor } from "./ledger-for.ts";

const UNAVAILABLE: Refusal = { ok: false, code: "LEDGER_UNAVAILABLE", details: {} };

/**
 * The meter over a tenant's ledger. Money fails closed: what can't be reserved is refused with
 * LEDGER_UNAVAILABLE. A settlement is idempotent, so it is tried once more, on a new stub as after any throw.
 */
export function meterFor(env: Env, enterpriseId: string): Meter {
  const ledger = () => ledgerFor(env, enterpriseId);
  return {
    reserve: (ask) =>
      ledger()
        .reserve(ask)
        .catch(() => UNAVAILABLE),
    checkpoint: async (callId, counts) => void (await ledger().checkpoint(callId, counts)),
    settle: (callId, attempts) =>
      ledger()
        .settle(callId, attempts)
        .catch(() => ledger().settle(callId, attempts))
        .catch(() => UNAVAILABLE),
    void: async (callId) => void (await ledger().voidCall(callId)),
  };
}
