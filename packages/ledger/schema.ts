import { applySteps } from "#base/apply-steps";
import type { LedgerDeps } from "./deps.ts";
import { ARCHIVE } from "./steps/archive.ts";
import { CHAIN } from "./steps/chain.ts";
import { FIRST } from "./steps/first.ts";
import { FOLD_LATER } from "./steps/fold-later.ts";
import { ROLLUPS_AT_ONCE } from "./steps/rollups-at-once.ts";
import { RUNS } from "./steps/runs.ts";
import { SECOND } from "./steps/second.ts";

/** Steps only grow: a step that has run anywhere is never edited. */
export const LEDGER_STEPS: readonly (readonly string[])[] = [
  FIRST,
  SECOND,
  RUNS,
  ARCHIVE,
  CHAIN,
  ROLLUPS_AT_ONCE,
  FOLD_LATER,
];

const PLATFORM_ACCOUNTS = [
  ["source:plan", "source"],
  ["source:trial", "source"],
  ["source:topup", "source"],
  ["source:promotion", "source"],
  ["revenue", "revenue"],
  ["expired", "expired"],
  ["absorbed", "absorbed"],
  ["sales", "sales"],
] as const;

/**
 * Brings the tables up to the newest step; cheap and harmless when they are there already.
 * @throws Error when the tables belong to another enterprise.
 */
export function openLedger(deps: LedgerDeps): void {
  const { sql } = deps;
  sql.transaction(() => {
    const now = deps.clock.now();
    applySteps(sql, LEDGER_STEPS, { table: "ledger_steps", column: "step", at: now });
    for (const [id, kind] of PLATFORM_ACCOUNTS) {
      sql.exec(
        "INSERT OR IGNORE INTO accounts (account_id, kind, opened_at) VALUES (?, ?, ?)",
        id,
        kind,
        now,
      );
    }
    sql.exec(
      "INSERT OR IGNORE INTO accounts (account_id, kind, floor_nano, opened_at) VALUES ('overdraft', 'overdraft', 0, ?)",
      now,
    );
    sql.exec("UPDATE accounts SET book = 'owner' WHERE account_id = 'sales'");
    sql.exec("INSERT OR IGNORE INTO ledger (id, enterprise_id, seq) VALUES (1, ?, 0)", deps.enterprise_id);
    sql.exec("UPDATE ledger SET incarnation = ? WHERE incarnation = ''", deps.newId("inc"));
    const owner = sql.exec("SELECT enterprise_id FROM ledger")[0]!.enterprise_id;
    if (owner !== deps.enterprise_id) throw new Error("this ledger belongs to another enterprise");
  });
}
