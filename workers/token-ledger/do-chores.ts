import { consoleLog } from "#base/console-log";
import { takeUsageByUser } from "#billing/usage-by-user";
import { type Scope, scopeOf } from "#enterprises/scope";
import { nextArchivePart } from "#ledger/archive-part";
import { type Chore, choreDue, noteChore } from "#ledger/chores";
import type { LedgerDeps } from "#ledger/deps";
import { LEDGER_LIMITS } from "#ledger/limits";
import { drainOutbox } from "#ledger/outbox";
import { recordArchived } from "#ledger/record-archived";
import type { Deps } from "../compose.ts";
import { writeUsageFile } from "./usage-archive.ts";

export const CHORES: readonly Chore[] = ["outbox", "archive"];

/** One step of each chore that is due. What fails is tried again later: nothing here throws but for the database. */
export async function doChores(deps: LedgerDeps, world: World): Promise<void> {
  for (const chore of CHORES) {
    const due = choreDue(deps, chore);
    if (due === null || due > deps.clock.now()) continue;
    try {
      await STEPS[chore](deps, world, scopeOf(deps.enterprise_id));
      noteChore(deps, chore, "done");
    } catch (error) {
      consoleLog("error", "ledger.chore_failed", { chore, error: String(error) });
      noteChore(deps, chore, "failed");
    }
  }
}

type World = Pick<Deps, "db" | "env">;
type Step = (deps: LedgerDeps, world: World, scope: Scope) => Promise<void>;

const STEPS: Record<Chore, Step> = {
  outbox: (deps, { db }, scope) =>
    drainOutbox(deps, (batch) => takeUsageByUser(db, scope, batch), {
      rows: LEDGER_LIMITS.outboxBatchRows,
      batches: LEDGER_LIMITS.outboxBatches,
    }),
  // Only once the file is there do its rows go. Cut off in between, the same file is written again.
  archive: async (deps, { env }, scope) => {
    const part = nextArchivePart(deps);
    if (!part) return;
    const sha256 = await writeUsageFile(env.FILES, scope, part.period, part);
    recordArchived(deps, part, sha256);
  },
};
