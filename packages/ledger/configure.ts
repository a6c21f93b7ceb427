import { LIMIT_SCOPES, type LimitScope, readLimits } from "./budgets.ts";
import { isTimeZone } from "./calendar.ts";
import type { LedgerDeps } from "./deps.ts";
import { ledgerRow } from "./ledger-row.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { look, type Op, operate } from "./operate.ts";
import { refuse } from "./refuse.ts";
import { raiseSeq } from "./seq.ts";
import type { Terms } from "./terms.ts";
import type { Refusal } from "./types.ts";

/** What is set of the ledger. Amounts are nano-USD. */
export type Settings = {
  limits: Record<LimitScope, bigint | null>;
  time_zone: string;
  overdraft_nano: bigint;
  terms: Terms;
};

/** What is absent stays; a limit of null is none. */
export type SettingsChange = {
  limits?: Partial<Record<LimitScope, bigint | null>>;
  /** IANA name. Days and months that are open end as they were going to; the next begin by it. */
  time_zone?: string;
  /** What the plan lets the balance fall below zero for use that turned out dearer than its hold. */
  overdraft_nano?: bigint;
  terms?: Terms;
};

/**
 * Changes settings, all or none. A lower limit holds from the next hold or lease on: what is set aside stays.
 * Refuses BAD_REQUEST, and CONFLICT for an overdraft below the debt there is.
 */
export function configure(
  deps: LedgerDeps,
  change: SettingsChange,
): { ok: true; settings: Settings } | Refusal {
  if (!isChange(change)) return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    if (change.overdraft_nano !== undefined && !setOverdraft(op, change.overdraft_nano)) {
      return refuse("CONFLICT", { setting: "overdraft_nano" });
    }
    for (const [scope, limit] of Object.entries(change.limits ?? {})) setLimit(op, scope, limit);
    if (change.time_zone !== undefined) op.sql.exec("UPDATE ledger SET time_zone = ?", change.time_zone);
    if (change.terms !== undefined) op.sql.exec("UPDATE ledger SET terms = ?", JSON.stringify(change.terms));
    op.kept.ledger = undefined;
    op.kept.limits = undefined;
    raiseSeq(op);
    return { ok: true, settings: settingsOf(op) };
  });
}

export function settings(deps: LedgerDeps): Settings {
  return look(deps, settingsOf);
}

/** A person's own limit for a month, in nano-USD; null takes it away. Refuses BAD_REQUEST. */
export function setOwnCap(deps: LedgerDeps, userId: string, limit: bigint | null): { ok: true } | Refusal {
  if (typeof userId !== "string" || userId === "" || !isLimit(limit)) return refuse("BAD_REQUEST");
  return operate(deps, (op) => {
    if (limit === null) op.sql.exec("DELETE FROM own_caps WHERE user_id = ?", userId);
    else
      op.sql.exec(
        `INSERT INTO own_caps (user_id, limit_nano) VALUES (?, CAST(? AS INTEGER))
         ON CONFLICT (user_id) DO UPDATE SET limit_nano = excluded.limit_nano`,
        userId,
        String(limit),
      );
    op.kept.has_own_caps = undefined;
    raiseSeq(op);
    return { ok: true };
  });
}

function settingsOf(op: Op): Settings {
  const limits = readLimits(op);
  const [row] = op.sql.exec(
    "SELECT CAST(-floor_nano AS TEXT) AS overdraft FROM accounts WHERE account_id = 'overdraft'",
  );
  return {
    limits: Object.fromEntries(
      LIMIT_SCOPES.map((scope) => [scope, limits.get(scope) ?? null]),
    ) as Settings["limits"],
    time_zone: ledgerRow(op).time_zone,
    overdraft_nano: BigInt(row!.overdraft!),
    terms: ledgerRow(op).terms,
  };
}

function setLimit(op: Op, scope: string, limit: bigint | null): void {
  if (limit === null) op.sql.exec("DELETE FROM limits WHERE scope = ?", scope);
  else
    op.sql.exec(
      `INSERT INTO limits (scope, limit_nano) VALUES (?, CAST(? AS INTEGER))
       ON CONFLICT (scope) DO UPDATE SET limit_nano = excluded.limit_nano`,
      scope,
      String(limit),
    );
}

/** @returns false where the debt is larger */
function setOverdraft(op: Op, amount: bigint): boolean {
  const [row] = op.sql.exec(
    `UPDATE accounts SET floor_nano = -CAST(? AS INTEGER)
     WHERE account_id = 'overdraft' AND balance_nano >= -CAST(? AS INTEGER) RETURNING account_id`,
    String(amount),
    String(amount),
  );
  op.kept.wallet = undefined;
  return row !== undefined;
}

function isChange(change: SettingsChange): boolean {
  if (!isObject(change) || (change.limits !== undefined && !isObject(change.limits))) return false;
  const { limits = {}, time_zone, overdraft_nano, terms } = change;
  return (
    Object.entries(limits).every(
      ([scope, limit]) => (LIMIT_SCOPES as readonly string[]).includes(scope) && isLimit(limit),
    ) &&
    (time_zone === undefined || isTimeZone(time_zone)) &&
    (overdraft_nano === undefined ||
      (typeof overdraft_nano === "bigint" &&
        overdraft_nano >= 0n &&
        overdraft_nano <= LEDGER_LIMITS.maxOverdraftNano)) &&
    (terms === undefined || areTerms(terms))
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function isLimit(limit: unknown): boolean {
  return limit === null || (typeof limit === "bigint" && limit >= 0n && limit <= LEDGER_LIMITS.maxCreditNano);
}

function areTerms(terms: Terms): boolean {
  if (!isObject(terms)) return false;
  const { owner_markup_bps, shares = [] } = terms;
  const isBps = (bps: unknown, most: number) =>
    Number.isInteger(bps) && (bps as number) >= 0 && (bps as number) <= most;
  return (
    (owner_markup_bps === undefined || isBps(owner_markup_bps, LEDGER_LIMITS.maxMarkupBps)) &&
    Array.isArray(shares) &&
    shares.length <= LEDGER_LIMITS.maxShares &&
    shares.every(isObject) &&
    shares.every(({ account, bps }) => typeof account === "string" && account !== "" && isBps(bps, 10_000)) &&
    new Set(shares.map(({ account }) => account)).size === shares.length &&
    shares.reduce((sum, { bps }) => sum + bps, 0) <= 10_000
  );
}
