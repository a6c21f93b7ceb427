import { checkpoint } from "#ledger/checkpoint";
import { credit } from "#ledger/credit";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { voidCall } from "#ledger/void-call";
import type { Meter } from "#runtime/meter";
import { type LedgerUnderTest, ledgerUnderTest } from "#test/packages/ledger/ledger-under-test";

/** The meter over a real ledger in memory, with $5 in it unless told otherwise. */
export function nodeMeter(grantNano = 5_000_000_000n): Meter & { ledger: LedgerUnderTest } {
  const ledger = ledgerUnderTest();
  if (grantNano > 0n) credit(ledger, { kind: "trial", amount_nano: grantNano, key: "trial" });
  return {
    ledger,
    reserve: async (ask) => reserve(ledger, ask),
    checkpoint: async (callId, counts) => {
      checkpoint(ledger, callId, counts);
      return null;
    },
    settle: async (callId, attempts) => settle(ledger, callId, attempts),
    void: async (callId) => void voidCall(ledger, callId),
  };
}
