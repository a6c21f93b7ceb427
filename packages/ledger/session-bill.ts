import { isoTime } from "#base/clock";
import { type ChatSums, chatSums } from "./chat-sums.ts";
import type { LedgerDeps } from "./deps.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { look, type Op } from "./operate.ts";
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

/** What one chat used and cost, exact. While it is not `final`, more is to come. */
export type SessionBill = ChatSums & {
  enterprise_id: string;
  chat_id: string;
  as_of: string;
  /** Nothing of it is under way: no call that was reserved here, and no lease. */
  final: boolean;
  /** Everything above can be recomputed from these; a page, oldest first. */
  lines: BillLine[];
  /** The `after` of the next page; null on the last. */
  next: number | null;
  /** Lines that have gone to the archive: they are in the totals, and in the month's export. */
  archived_lines: number;
};

/** @param page the lines after row `after`, up to `limit` */
export function sessionBill(
  deps: LedgerDeps,
  chatId: string,
  page: { after?: number; limit?: number } = {},
): SessionBill {
  const limit = page.limit ?? LEDGER_LIMITS.billPageLines;
  return look(deps, (op) => {
    const rows = usageRowsOfChat(op.sql, chatId, page.after ?? 0, limit + 1);
    const [open] = op.sql.exec(
      `SELECT (SELECT COUNT(*) FROM holds WHERE state = 'open' AND chat_id = ?) +
         (SELECT COUNT(*) FROM leases WHERE ended_at IS NULL AND chat_id = ?) AS n`,
      chatId,
      chatId,
    );
    return {
      enterprise_id: op.enterprise_id,
      chat_id: chatId,
      as_of: isoTime(op.now),
      final: open!.n === 0,
      ...chatSums(op.sql, chatId),
      lines: rows.slice(0, limit).map(lineOf),
      next: rows.length > limit ? rows[limit - 1]!.row_id : null,
      archived_lines: archivedLines(op, chatId),
    };
  });
}

function archivedLines(op: Op, chatId: string): number {
  const [row] = op.sql.exec(
    "SELECT COALESCE(SUM(lines), 0) AS n FROM archived_runs WHERE chat_id = ?",
    chatId,
  );
  return Number(row!.n);
}

function lineOf(row: UsageRow): BillLine {
  return {
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
  };
}
