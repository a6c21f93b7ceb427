import type { Sql, SqlRow } from "#base/sql";
import { noteSpending } from "./alerts.ts";
import { amountOf } from "./amount-of.ts";
import { lesser } from "./bigints.ts";
import { takeFrom } from "./buckets.ts";
import { LINK_COLUMNS, link } from "./chain.ts";
import { costNano } from "./cost.ts";
import { timesCounts } from "./counts.ts";
import { noteUnfolded } from "./fold.ts";
import { giveBack } from "./give-back.ts";
import type { Hold } from "./holds.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import type { Op } from "./operate.ts";
import { postTransfer } from "./post-transfer.ts";
import { picoOf } from "./price-book.ts";
import { earnings } from "./terms.ts";
import type { Attempt, TokenCounts } from "./types.ts";
import { readWallet } from "./wallet.ts";
import { openWindow } from "./windows.ts";

/** A fact: what one provider attempt used. A reversal repeats an estimate with the signs turned. */
export type UsageRow = {
  row_id: number;
  call_id: string;
  attempt: number;
  role: "charge" | "estimate" | "reversal";
  at: number;
  user_id: string;
  agent: string;
  model: string;
  price_version: string;
  counts: TokenCounts;
  cost_nano: bigint;
  source: Attempt["source"];
  transfer_id: number | null;
};

const COLUMNS = `row_id, call_id, attempt, role, at, user_id, agent, model, price_version, input, cache_read,
  cache_write, output, reasoning, CAST(cost_nano AS TEXT) AS cost_nano, source, transfer_id`;

/** The rows of one call, oldest first. */
export function usageRowsOfCall(sql: Sql, callId: string): UsageRow[] {
  return sql.exec(`SELECT ${COLUMNS} FROM usage_rows WHERE call_id = ? ORDER BY row_id`, callId).map(rowOf);
}

/** Up to `limit` rows of one chat after a row id, oldest first. */
export function usageRowsOfChat(sql: Sql, chatId: string, after: number, limit: number): UsageRow[] {
  return sql
    .exec(
      `SELECT ${COLUMNS} FROM usage_rows WHERE chat_id = ? AND row_id > ? ORDER BY row_id LIMIT ?`,
      chatId,
      after,
      limit,
    )
    .map(rowOf);
}

/** Up to `limit` rows after a row id, oldest first. */
export function usageRowsAfter(sql: Sql, rowId: number, limit: number): UsageRow[] {
  return sql
    .exec(`SELECT ${COLUMNS} FROM usage_rows WHERE row_id > ? ORDER BY row_id LIMIT ?`, rowId, limit)
    .map(rowOf);
}

/**
 * Books one attempt's true cost: from the buckets that were set aside for it, then from any other, then from the
 * plan's overdraft; what is left is absorbed by the platform. What was set aside must have been freed before.
 * @returns the cost in nano-USD
 */
export function chargeUsage(
  op: Op,
  hold: Hold,
  attempt: Attempt & { price_version: string; role: "charge" | "estimate" },
  setAside: readonly string[] = Object.keys(hold.buckets),
): bigint {
  const cost = costNano(attempt.counts, picoOf(attempt.price_version));
  const wallet = readWallet(op);
  const { taken, short } = takeFrom(wallet.buckets, cost, setAside);
  const overdrawn = lesser(short, wallet.overdraft_left);
  const transferId = postTransfer(op, "usage", [
    ...Object.entries(taken).map(([account_id, amount]) => ({ account_id, amount_nano: -BigInt(amount) })),
    { account_id: "overdraft", amount_nano: -overdrawn },
    { account_id: "absorbed", amount_nano: overdrawn - short },
    ...earnings(op, hold.user_id, cost),
  ]);
  insert(op, hold, { ...attempt, calls: 1, cost_nano: cost, transfer_id: transferId });
  noteSpending(op, hold);
  return cost;
}

/** Takes an estimate back, money and tokens, by a row and a transfer of its own. */
export function reverseUsage(op: Op, hold: Hold, row: UsageRow): void {
  const legs = op.sql.exec(
    "SELECT account_id, CAST(amount_nano AS TEXT) AS amount FROM entries WHERE transfer_id = ?",
    row.transfer_id,
  );
  const transferId = postTransfer(
    op,
    "adjust",
    legs.map((leg) => ({ account_id: String(leg.account_id), amount_nano: -amountOf(leg.amount) })),
  );
  insert(op, hold, {
    ...row,
    role: "reversal",
    calls: -1,
    counts: timesCounts(row.counts, -1),
    cost_nano: -row.cost_nano,
    transfer_id: transferId,
  });
  giveBack(op);
}

const HOUR_MS = 3_600_000;

type NewRow = Pick<
  UsageRow,
  "attempt" | "role" | "model" | "price_version" | "counts" | "cost_nano" | "source"
> & {
  calls: 1 | -1;
  transfer_id: number | null;
  response_id?: string;
  raw?: string;
};

/** Left to itself, SQLite would give the numbers of archived rows again when no newer row is left. */
const NEXT_ROW_ID = `(SELECT 1 + MAX(COALESCE((SELECT MAX(row_id) FROM usage_rows), 0),
  COALESCE((SELECT MAX(last_row_id) FROM archive_parts), 0)))`;

function insert(op: Op, hold: Hold, row: NewRow): void {
  const [inserted] = op.sql.exec(
    `INSERT INTO usage_rows (row_id, call_id, attempt, role, at, hour_at, day_at, month_at, starts_run, user_id, chat_id, run_id, workflow, agent, model,
       price_version, calls, input, cache_read, cache_write, output, reasoning, cost_nano, source, response_id, raw,
       transfer_id)
     VALUES (${NEXT_ROW_ID}, ?, ?, ?, ?, ?, ?, ?,
       ? AND NOT EXISTS (SELECT 1 FROM usage_rows WHERE chat_id = ? AND run_id = ?)
         AND NOT EXISTS (SELECT 1 FROM archived_runs WHERE chat_id = ? AND run_id = ?),
       ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, CAST(? AS INTEGER), ?, ?, ?, ?)
     RETURNING ${LINK_COLUMNS}`,
    hold.call_id,
    row.attempt,
    row.role,
    op.now,
    Math.floor(op.now / HOUR_MS) * HOUR_MS,
    openWindow(op, "day").start,
    openWindow(op, "month").start,
    row.role === "reversal" ? 0 : 1,
    hold.chat_id,
    hold.run_id,
    hold.chat_id,
    hold.run_id,
    hold.user_id,
    hold.chat_id,
    hold.run_id,
    hold.workflow,
    hold.agent,
    row.model,
    row.price_version,
    row.calls,
    row.counts.input,
    row.counts.cache_read,
    row.counts.cache_write,
    row.counts.output,
    row.counts.reasoning,
    String(row.cost_nano),
    row.source,
    row.response_id || null,
    row.raw && row.raw.length <= LEDGER_LIMITS.maxRawLength ? row.raw : null,
    row.transfer_id,
  );
  link(op, inserted!);
  noteUnfolded(op);
}

function rowOf(row: SqlRow): UsageRow {
  const { input, cache_read, cache_write, output, reasoning, ...rest } = row;
  return {
    ...(rest as unknown as UsageRow),
    counts: { input, cache_read, cache_write, output, reasoning } as TokenCounts,
    cost_nano: amountOf(row.cost_nano),
  };
}
