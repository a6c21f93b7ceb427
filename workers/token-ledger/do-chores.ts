import { takeUsageByUser } from "#billing/usage-by-user";
import { type Scope, scopeOf } from "#enterprises/scope";
import { type Chore, choreDue, noteChore } from "#ledger/chores";
import type { LedgerDeps } from "#ledger/deps";
import { LEDGER_LIMITS } from "#ledger/limits";
import { drainOutbox } from "#ledger/outbox";
import type { Deps } from "../compose.ts";

export const CHORES: readonly Chore[] = ["outbox"];

/** One step of each chore that is due. What fails is tried again later: nothing here throws but for the database. */
export async function doChores(deps: LedgerDeps, world: Pick<Deps, "db">): Promise<void> {
  for (const chore of CHORES) {
    const due = choreDue(deps.sql, chore);
    if (due === null || due > deps.clock.now()) continue;
    try {
      await STEPS[chore](deps, world, scopeOf(deps.enterprise_id));
      noteChore(deps, chore, "done");
    } catch (error) {
      console.error(
        JSON.stringify({ level: "error", event: "ledger.chore_failed", chore, error: String(error) }),
      );
      noteChore(deps, chore, "failed");
    }
  }
}

type Step = (deps: LedgerDeps, world: Pick<Deps, "db">, scope: Scope) => Promise<void>;

const STEPS: Record<Chore, Step> = {
  outbox: (deps, { db }, scope) =>
    drainOutbox(deps, (batch) => takeUsageByUser(db, scope, batch), {
      rows: LEDGER_LIMITS.outboxBatchRows,
      batches: LEDGER_LIMITS.outboxBatches,
    }),
};
