import type { Sql } from "#base/sql";
import { amountOf } from "#ledger/amount-of";
import type { Truth } from "./truth.ts";

/** At the end of a simulation: every call is charged once, at what its chat said that it used. */
export function reckon(sql: Sql, truth: Truth, isLost: (chatId: string) => boolean): void {
  const rows = sql.exec(
    "SELECT call_id, COUNT(*) AS n, CAST(SUM(cost_nano) AS TEXT) AS cost FROM usage_rows GROUP BY call_id",
  );
  const charged = new Map(
    rows.map((row) => [String(row.call_id), { n: Number(row.n), cost: amountOf(row.cost) }]),
  );
  const sums = { chat: new Map<string, bigint>(), user: new Map<string, bigint>() };
  for (const [callId, call] of truth.calls) {
    const row = charged.get(callId);
    charged.delete(callId);
    if (!row) {
      if (call.state === "reached" && !isLost(call.ask.chat_id))
        throw new Error(`${callId} was never charged`);
      continue;
    }
    if (row.n !== 1) throw new Error(`${callId} has ${row.n} rows`);
    if (call.state === "void" || call.state === "refused")
      throw new Error(`${callId} was ${call.state}, and charged`);
    const allowed = call.settled === null ? call.costs : [call.settled];
    if (!allowed.includes(row.cost)) throw new Error(`${callId} was charged ${row.cost}, not ${allowed}`);
    add(sums.chat, call.ask.chat_id, row.cost);
    add(sums.user, call.ask.user_id, row.cost);
  }
  if (charged.size > 0) throw new Error(`charged and never made: ${[...charged.keys()]}`);
  for (const dim of ["chat", "user"] as const) {
    const kept = sql.exec(
      `SELECT ${dim}_id AS key, CAST(SUM(cost_nano) AS TEXT) AS cost FROM chat_sums GROUP BY 1`,
    );
    for (const { key, cost } of kept) {
      const expected = sums[dim].get(String(key)) ?? 0n;
      if (amountOf(cost) !== expected) throw new Error(`${dim} ${key}: ${cost}, not ${expected}`);
    }
    if (kept.length !== sums[dim].size) throw new Error(`${kept.length} ${dim}s, not ${sums[dim].size}`);
  }
}

function add(sums: Map<string, bigint>, key: string, cost: bigint): void {
  sums.set(key, (sums.get(key) ?? 0n) + cost);
}
