import type { Sql } from "#base/sql";
import type { UsageTotals } from "#protocol/api/usage";
import { amountOf } from "./amount-of.ts";
import { addSums, breakdown, type KeyedTotals, SUM_COLUMNS, sumsOf, totalsOf } from "./totals.ts";

/** What a chat has cost so far, in nano-USD. */
export function chatCost(sql: Sql, chatId: string): bigint {
  const [row] = sql.exec(
    "SELECT CAST(SUM(cost_nano) AS TEXT) AS cost FROM chat_sums WHERE chat_id = ?",
    chatId,
  );
  return amountOf(row?.cost);
}

/** A chat's bill so far. It stays as cheap in a long chat: sums are kept, not folded from its calls. */
export type ChatSums = {
  totals: UsageTotals;
  by_model: KeyedTotals[];
  by_agent: KeyedTotals[];
  by_user: KeyedTotals[];
};

export function chatSums(sql: Sql, chatId: string): ChatSums {
  const parts = sql
    .exec(`SELECT user_id, agent, model, ${SUM_COLUMNS} FROM chat_sums WHERE chat_id = ?`, chatId)
    .map((row) => ({ row, sums: sumsOf(row) }));
  return {
    totals: totalsOf(addSums(parts.map((part) => part.sums))),
    by_model: breakdown(parts, ({ row }) => String(row.model)),
    by_agent: breakdown(parts, ({ row }) => String(row.agent)),
    by_user: breakdown(parts, ({ row }) => String(row.user_id)),
  };
}
