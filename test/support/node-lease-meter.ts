import { credit } from "#ledger/credit";
import { exchange } from "#ledger/exchange";
import { LEASE_TABLES } from "#ledger/held-lease";
import { type LeaseMeter, leaseMeter } from "#ledger/lease-meter";
import type { LeaseAnswer } from "#ledger/lease-types";
import type { PriceBook } from "#ledger/price-book";
import { type LedgerUnderTest, ledgerUnderTest } from "#test/packages/ledger/ledger-under-test";
import { nodeSql } from "./sqlite.ts";

export type NodeLeaseMeter = LeaseMeter & { ledger: LedgerUnderTest; heard: (LeaseAnswer & { ok: true })[] };

/** The meter of a chat in memory, under leases of a real ledger in memory with $5 in it unless told otherwise. */
export function nodeLeaseMeter(
  chat: { chat_id: string; user_id: string },
  prices?: PriceBook,
  grantNano = 5_000_000_000n,
): NodeLeaseMeter {
  const ledger = ledgerUnderTest();
  if (prices) ledger.prices = prices;
  if (grantNano > 0n) credit(ledger, { kind: "trial", amount_nano: grantNano, key: "trial" });
  const sql = nodeSql();
  for (const table of LEASE_TABLES) sql.exec(table);
  const heard: NodeLeaseMeter["heard"] = [];
  const meter = leaseMeter({
    ...chat,
    sql,
    clock: ledger.clock,
    prices: ledger.prices,
    exchange: async (ask) => exchange(ledger, ask),
    lease_ttl_ms: 600_000,
    heard: (answer) => heard.push(answer),
  });
  return { ...meter, ledger, heard };
}
