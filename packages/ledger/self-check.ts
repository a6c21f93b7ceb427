import type { Sql, SqlRow } from "#base/sql";
import { checkChain } from "./chain.ts";
import { INVARIANTS } from "./checks/invariants.ts";
import { costNano } from "./cost.ts";
import { timesCounts } from "./counts.ts";
import type { LedgerDeps } from "./deps.ts";
import { makeSumsExact } from "./operate.ts";
import { picoOf } from "./price-book.ts";
import { type UsageRow, usageRowsAfter } from "./usage-rows.ts";

/** One invariant over all stored data: how many things were looked at, and how many broke it. */
export type Check = { id: string; says: string; checked: number; violations: number };
export type SelfCheck = { ok: boolean; checks: Check[] };

/** Looks at everything stored, changes no figure. Runs over all history: for a nightly check and for tests. */
export function selfCheck(deps: LedgerDeps): SelfCheck {
  makeSumsExact(deps);
  const checks = INVARIANTS.map(([id, says, ...queries]) => {
    const found = queries.map((query) => ask(deps, query));
    return {
      id,
      says,
      checked: found.reduce((sum, row) => sum + Number(row.checked), 0),
      violations: found.reduce((sum, row) => sum + Number(row.violations ?? 0), 0),
    };
  });
  checks.push(checkCosts(deps.sql), checkChain(deps));
  return { ok: checks.every((check) => check.violations === 0), checks };
}

function ask(deps: LedgerDeps, query: string): SqlRow {
  const params = { ":now": deps.clock.now(), ":enterprise": deps.enterprise_id };
  const named = Object.entries(params).filter(([name]) => query.includes(name));
  const positional = named.reduce((text, [name]) => text.replace(name, "?"), query);
  return deps.sql.exec(positional, ...named.map(([, value]) => value))[0]!;
}

const PAGE_ROWS = 1_000;

function checkCosts(sql: Sql): Check {
  let [checked, violations, last] = [0, 0, 0];
  for (;;) {
    const rows = usageRowsAfter(sql, last, PAGE_ROWS);
    for (const row of rows) {
      checked++;
      if (recomputed(row) !== row.cost_nano) violations++;
      last = row.row_id;
    }
    if (rows.length < PAGE_ROWS) break;
  }
  return { id: "I6", says: "each row's cost can be recomputed from it alone", checked, violations };
}

function recomputed(row: UsageRow): bigint {
  const sign = row.role === "reversal" ? -1 : 1;
  return costNano(timesCounts(row.counts, sign), picoOf(row.price_version)) * BigInt(sign);
}
