import { isoTime } from "#base/clock";
import type { Statement } from "#protocol/api/statement";
import { usd } from "#protocol/money";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { monthAccount } from "./month-account.ts";
import { readMoves } from "./month-moves.ts";
import { lookAtSums, type Op } from "./operate.ts";
import { refuse } from "./refuse.ts";
import { sumsBeyond, sumsBy, type Windows } from "./rollups.ts";
import { addSums, isNothing, SUMMED_COLUMNS, type Sums, sumsOf, totalsOf } from "./totals.ts";
import type { Refusal } from "./types.ts";

/**
 * The statement of one month (`YYYY-MM`; this month by default), from sums (`fold.ts`): it is as quick in a busy month,
 * and the same after the month's rows have gone to the archive.
 * Refuses NOT_FOUND for a month that has not begun.
 * @throws RangeError for a malformed period; Error where the figures don't add up: no statement is better than a wrong one.
 */
export function statement(deps: LedgerDeps, asked?: string): Statement | Refusal {
  return lookAtSums(deps, (op) => {
    const month = monthAccount(op, asked);
    if (!month) return refuse("NOT_FOUND");
    const period = month.label;
    const moves = readMoves(op, month.windows);
    const lines = readLines(op, month.windows);
    const totals = addSums(lines.map((line) => line.sums));
    const { lines: byUser, more } = sumsBy(op, "month", month.windows, "user", LEDGER_LIMITS.usageMaxLines);
    expectEqual(month.opening + moves.balance, month.closing, "the balance");
    expectEqual(-moves.usage - moves.adjusted, totals.cost_nano, "the usage");
    return {
      enterprise_id: op.enterprise_id,
      period,
      start: isoTime(month.start),
      end: isoTime(month.end),
      closed: month.closed,
      as_of: isoTime(month.closed ? month.end : op.now),
      opening: amount(month.opening),
      movements: {
        credits: moves.credits.map(([kind, nano]) => ({ kind, ...amount(nano) })),
        usage: amount(moves.usage),
        adjustments: amount(moves.adjustments),
        absorbed: amount(moves.absorbed),
        expired: amount(moves.expired),
      },
      closing: amount(month.closing),
      debt: {
        opening: amount(month.opening_debt),
        drawn: amount(moves.drawn),
        repaid: amount(moves.repaid),
        closing: amount(month.opening_debt + moves.drawn - moves.repaid),
      },
      lines: lines.map(({ sums, ...line }) => ({
        ...line,
        calls: sums.calls,
        tokens: tokensOf(sums),
        cost_nano: String(sums.cost_nano),
        cost_usd: usd(sums.cost_nano),
      })),
      totals: totalsOf(totals),
      by_user: byUser,
      other_users: more
        ? totalsOf(sumsBeyond(op, "month", month.windows, "user", LEDGER_LIMITS.usageMaxLines))
        : null,
    };
  });
}

type Line = { workflow: string; model: string; price_version: string; sums: Sums };

function readLines(op: Op, { first, last }: Windows): Line[] {
  return op.sql
    .exec(
      `SELECT workflow, model, price_version, ${SUMMED_COLUMNS} FROM month_lines WHERE month_at BETWEEN ? AND ?
       GROUP BY workflow, model, price_version ORDER BY workflow, model, price_version`,
      first,
      last,
    )
    .map((row) => ({
      workflow: String(row.workflow),
      model: String(row.model),
      price_version: String(row.price_version),
      sums: sumsOf(row),
    }))
    .filter((line) => !isNothing(line.sums));
}

function tokensOf({ input, cache_read, cache_write, output, reasoning }: Sums) {
  return { input, cache_read, cache_write, output, reasoning };
}

function amount(nano: bigint) {
  return { amount_nano: String(nano), amount_usd: usd(nano) };
}

function expectEqual(sum: bigint, whole: bigint, what: string): void {
  if (sum !== whole)
    throw new Error(`a statement does not add up: ${what} is off by ${whole - sum} nano-USD`);
}
