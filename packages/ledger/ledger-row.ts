import type { LedgerDeps } from "./deps.ts";
import type { Kept } from "./memory.ts";

/** The ledger's own row, without the number that every change raises. */
export function ledgerRow({
  sql,
  memory: { kept },
}: Pick<LedgerDeps, "sql" | "memory">): NonNullable<Kept["ledger"]> {
  if (!kept.ledger) {
    const [row] = sql.exec("SELECT last_at, time_zone, terms FROM ledger");
    kept.ledger = {
      last_at: Number(row!.last_at),
      time_zone: String(row!.time_zone),
      terms: JSON.parse(String(row!.terms)),
    };
  }
  return kept.ledger;
}

/** When the ledger last changed, by its own clock. */
export function lastAt(deps: Pick<LedgerDeps, "sql" | "memory">): number {
  return ledgerRow(deps).last_at;
}
