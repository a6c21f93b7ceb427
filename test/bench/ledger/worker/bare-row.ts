import { DurableObject } from "cloudflare:workers";
import type { Attempt, ReserveAnswer, ReserveAsk, SettleAnswer } from "#ledger/types";
import { COST_NANO } from "../call.ts";

/** The least that the same two calls can do: an object that writes one row for each, and answers when it is there. */
export class BareRow extends DurableObject {
  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env as never);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS calls (call_id TEXT PRIMARY KEY, amount INTEGER NOT NULL) WITHOUT ROWID",
    );
  }

  async reserve({ call_id, max_output }: ReserveAsk): Promise<ReserveAnswer> {
    this.ctx.storage.sql.exec("INSERT INTO calls (call_id, amount) VALUES (?, 1)", call_id);
    return { ok: true, max_output, price_version: "none" };
  }

  async settle(callId: string, attempts: Attempt[]): Promise<SettleAnswer> {
    this.ctx.storage.sql.exec("UPDATE calls SET amount = 2 WHERE call_id = ?", callId);
    const rows = attempts.map(({ model, counts, source }) => ({
      model,
      counts,
      cost_nano: COST_NANO,
      source,
    }));
    return { ok: true, rows, cost_nano: COST_NANO, chat_cost_nano: COST_NANO, balance_nano: COST_NANO };
  }
}
