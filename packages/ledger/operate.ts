import { isClockRight } from "./clock-guard.ts";
import type { LedgerDeps } from "./deps.ts";
import { endOverdueHolds } from "./end-overdue-holds.ts";
import { endOverdueLeases } from "./end-overdue-leases.ts";
import { expireCredits } from "./expire-credits.ts";
import { fold, foldIfMany } from "./fold.ts";
import { lastAt } from "./ledger-row.ts";
import { type Kept, nothingKept } from "./memory.ts";
import { nextDeadline } from "./next-deadline.ts";
import { refuse } from "./refuse.ts";
import type { Refusal } from "./types.ts";

/** An operation under way: inside its transaction, at one moment. */
export type Op = LedgerDeps & {
  now: number;
  kept: Kept;
  /** The chat whose lease is free for the length of this operation: its row stands as it was. */
  freed: string | null;
};

/**
 * Runs one operation as one transaction, after ending whatever is overdue: alarms are late or lost, so no
 * figure may depend on one. Refuses CLOCK_SKEW, with no effect, while the clock can't be right.
 */
export function operate<T>(deps: LedgerDeps, work: (op: Op) => T): T | Refusal {
  return wholly(deps, () => {
    const now = deps.clock.now();
    if (!isClockRight(deps, now)) return refuse("CLOCK_SKEW");
    const op = begin(deps, now);
    const answer = work(op);
    foldIfMany(op);
    return answer;
  });
}

/**
 * The same for what only reads: it answers even if the clock can't be right, as of the ledger's newest operation, so
 * that it begins no window at a wrong time.
 */
export function look<T>(deps: LedgerDeps, work: (op: Op) => T): T {
  return wholly(deps, () => {
    const now = deps.clock.now();
    return work(isClockRight(deps, now) ? begin(deps, now) : opAt(deps, lastAt(deps)));
  });
}

/** The same for what reads sums: they are exact. Within any other operation they lag behind the rows. */
export function lookAtSums<T>(deps: LedgerDeps, work: (op: Op) => T): T {
  return look(deps, (op) => {
    fold(op);
    return work(op);
  });
}

/** Makes all sums exact, and does nothing else. */
export function makeSumsExact(deps: LedgerDeps): void {
  wholly(deps, () => fold({ sql: deps.sql, kept: deps.memory.kept }));
}

/** What was undone is not remembered either. */
function wholly<T>(deps: LedgerDeps, work: () => T): T {
  try {
    return deps.sql.transaction(work);
  } catch (cause) {
    deps.memory.kept = nothingKept();
    throw cause;
  }
}

function opAt(deps: LedgerDeps, now: number): Op {
  const { kept } = deps.memory;
  kept.deadline = undefined;
  return { ...deps, now, kept, freed: null };
}

function begin(deps: LedgerDeps, now: number): Op {
  const { deadline } = deps.memory.kept;
  const due = deadline === undefined ? nextDeadline(deps) : deadline;
  const op = opAt(deps, now);
  if (due !== null && due <= now) endWhatIsOverdue(op);
  return op;
}

function endWhatIsOverdue(op: Op): void {
  endOverdueHolds(op);
  endOverdueLeases(op);
  expireCredits(op);
}
