import { isoTime } from "#base/clock";
import type { Analytics } from "#protocol/api/analytics";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { operate } from "./operate.ts";
import { DAY_MS, dayStart, type Span } from "./period.ts";
import { refuse } from "./refuse.ts";
import { addSums, breakdown, SUM_COLUMNS, sumsOf, totalsOf } from "./totals.ts";
import type { Refusal } from "./types.ts";

const DEFAULT_DAYS = 30;

/** `YYYY-MM-DD`: `from` inclusive, `to` exclusive; the last 30 days, today included, by default. */
export type AnalyticsAsk = { from?: string; to?: string };

/** Use by UTC day, workflow, model and user. Refuses BAD_REQUEST for a span that is empty or too long. */
export function analytics(deps: LedgerDeps, ask: AnalyticsAsk = {}): Analytics | Refusal {
  return operate(deps, (op) => {
    const span = spanOf(ask, op.now);
    if (!span) return refuse("BAD_REQUEST");
    const parts = op.sql
      .exec(
        `SELECT day, chat_id, user_id, workflow, model, ${SUM_COLUMNS} FROM usage_days WHERE day >= ? AND day < ?`,
        span.start / DAY_MS,
        span.end / DAY_MS,
      )
      .map((row) => ({ row, sums: sumsOf(row) }));
    const [counted] = op.sql.exec(
      "SELECT COUNT(DISTINCT run_id) AS runs FROM usage_rows WHERE at >= ? AND at < ?",
      span.start,
      span.end,
    );
    return {
      enterprise_id: op.enterprise_id,
      from: isoTime(span.start),
      to: isoTime(span.end),
      chats: new Set(parts.map(({ row }) => row.chat_id)).size,
      runs: Number(counted!.runs),
      users: new Set(parts.map(({ row }) => row.user_id)).size,
      totals: totalsOf(addSums(parts.map((part) => part.sums))),
      by_day: breakdown(parts, ({ row }) => isoTime(Number(row.day) * DAY_MS).slice(0, 10)).sort((a, b) =>
        a.key < b.key ? -1 : 1,
      ),
      by_workflow: breakdown(parts, ({ row }) => String(row.workflow)),
      by_model: breakdown(parts, ({ row }) => String(row.model)),
      by_user: breakdown(parts, ({ row }) => String(row.user_id)),
    };
  });
}

function spanOf(ask: AnalyticsAsk, now: number): Span | null {
  const end = ask.to === undefined ? dayStart(now) + DAY_MS : Date.parse(ask.to);
  const start = ask.from === undefined ? end - DEFAULT_DAYS * DAY_MS : Date.parse(ask.from);
  const days = (end - start) / DAY_MS;
  return Number.isInteger(days) && days > 0 && days <= LEDGER_LIMITS.analyticsMaxDays ? { start, end } : null;
}
