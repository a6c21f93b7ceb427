import { isoTime } from "#base/clock";
import type { UsageTotals } from "#protocol/api/usage";
import type { LedgerDeps } from "./deps.ts";
import { operate } from "./operate.ts";
import { addSums, breakdown, type KeyedTotals, type Sums, totalsOf } from "./totals.ts";
import type { Attempt, TokenCounts } from "./types.ts";
import { type UsageRow, usageRowsOfChat } from "./usage-rows.ts";

/** One usage row: its cost is Σ counts × the version's prices, rounded up to a whole nano-USD. */
export type BillLine = {
  at: string;
  call_id: string;
  attempt: number;
  /** `reversal` takes an estimate back: negative counts and cost. */
  role: UsageRow["role"];
  user_id: string;
  agent: string;
  model: string;
  /** Pico-USD per token: `input/cache_read/cache_write/output/reasoning`. */
  price_version: string;
  counts: TokenCounts;
  cost_nano: string;
  source: Attempt["source"];
};

/** What one chat used and cost, exact. While `open_calls` is above zero more is to come. */
export type SessionBill = {
  enterprise_id: string;
  chat_id: string;
  as_of: string;
  open_calls: number;
  totals: UsageTotals;
  by_model: KeyedTotals[];
  by_agent: KeyedTotals[];
  by_user: KeyedTotals[];
  /** Everything above can be recomputed from these. */
  lines: BillLine[];
};

export function sessionBill(deps: LedgerDeps, chatId: string): SessionBill {
  return operate(deps, (op) => {
    const rows = usageRowsOfChat(op.sql, chatId);
    const parts = rows.map((row) => ({ row, sums: sumsOfRow(row) }));
    const [open] = op.sql.exec(
      "SELECT COUNT(*) AS n FROM holds WHERE state = 'open' AND chat_id = ?",
      chatId,
    );
    return {
      enterprise_id: op.enterprise_id,
      chat_id: chatId,
      as_of: isoTime(op.now),
      open_calls: Number(open!.n),
      totals: totalsOf(addSums(parts.map((part) => part.sums))),
      by_model: breakdown(parts, ({ row }) => row.model),
      by_agent: breakdown(parts, ({ row }) => row.agent),
      by_user: breakdown(parts, ({ row }) => row.user_id),
      lines: rows.map((row) => ({
        at: isoTime(row.at),
        call_id: row.call_id,
        attempt: row.attempt,
        role: row.role,
        user_id: row.user_id,
        agent: row.agent,
        model: row.model,
        price_version: row.price_version,
        counts: row.counts,
        cost_nano: String(row.cost_nano),
        source: row.source,
      })),
    };
  });
}

function sumsOfRow(row: UsageRow): Sums {
  return { ...row.counts, calls: row.role === "reversal" ? -1 : 1, cost_nano: row.cost_nano };
}
