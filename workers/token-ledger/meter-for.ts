import type { ReserveAnswer, SettleAnswer } from "#ledger/types";
import type { Meter } from "#runtime/meter";
import type { Env } from "../env.ts";
import { ledgerFor } from "./ledger-for.ts";
import { twice, UNAVAILABLE } from "./twice.ts";

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
      return null;
    },
    settle: (callId, attempts) =>
      twice<SettleAnswer>(() => ledger().settle(callId, attempts)).catch(() => UNAVAILABLE),
    void: async (callId) => {
      await twice<unknown>(() => ledger().voidCall(callId));
    },
  };
}
