import type { LimitScope } from "./budgets.ts";
import type { ClockGuard } from "./clock-guard.ts";
import type { Terms } from "./terms.ts";
import type { Grain } from "./types.ts";
import type { StoredWallet } from "./wallet.ts";
import type { Window } from "./windows.ts";

/**
 * What an instance remembers of its own rows, so that no operation asks for them twice: it is the only one that writes
 * them. Each is undefined until it is first needed, and whoever writes a row brings it up to date or forgets it.
 */
export type Kept = {
  ledger: { last_at: number; time_zone: string; terms: Terms } | undefined;
  windows: Map<Grain, Window>;
  limits: Map<LimitScope, bigint> | undefined;
  has_own_caps: boolean | undefined;
  newest_alert: number | undefined;
  wallet: StoredWallet | undefined;
  /** How many rows of usage and transfers are in no sum yet (`fold.ts`). */
  unfolded: number | undefined;
  /** When there is next something to end by itself, as of the end of the newest operation. */
  deadline: number | null | undefined;
};

export type LedgerMemory = { guard: ClockGuard; kept: Kept };

export function emptyMemory(): LedgerMemory {
  return { guard: { since: null }, kept: nothingKept() };
}

export function nothingKept(): Kept {
  return {
    ledger: undefined,
    windows: new Map(),
    limits: undefined,
    has_own_caps: undefined,
    newest_alert: undefined,
    wallet: undefined,
    unfolded: undefined,
    deadline: undefined,
  };
}
