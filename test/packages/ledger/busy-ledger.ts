import { configure } from "#ledger/configure";
import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { reserve } from "#ledger/reserve";
import { settle } from "#ledger/settle";
import { usage } from "#ledger/usage";
import { voidCall } from "#ledger/void-call";
import { ask, attempt, leaseAsk, ledgerUnderTest, WANT } from "./ledger-under-test.ts";

/** A settled call, an open one, an ended one without usage, a lease of epoch 1, limits. */
export function busyLedger() {
  const ledger = ledgerUnderTest();
  credit(ledger, { kind: "topup", amount_nano: 5_000_000n, key: "pay" });
  credit(ledger, { kind: "plan", amount_nano: 1_000_000n, key: "plan", period: "2026-11" });
  configure(ledger, { limits: { app_month: 4_000_000n }, overdraft_nano: 1_000n });
  for (const id of ["settled", "open", "void"]) reserve(ledger, ask(id));
  settle(ledger, "settled", [attempt({ input: 10 })]);
  voidCall(ledger, "void");
  exchange(ledger, leaseAsk({ ...WANT }));
  usage(ledger);
  return ledger;
}
