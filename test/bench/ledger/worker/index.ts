import type { Env } from "#workers/env";
import product, { TokenLedger as Product } from "#workers/index";
import { type SqlCount, startCounting, stopCounting } from "../../turn/worker/count-sql.ts";
import type { Asked } from "../asked.ts";
import type { BareRow } from "./bare-row.ts";
import { fill } from "./fill.ts";
import { meterTurns } from "./meter-turns.ts";
import type { MeteredChat } from "./metered-chat.ts";
import { payPairs } from "./pay-pairs.ts";

export * from "#workers/index";
export { BareRow } from "./bare-row.ts";
export { MeteredChat } from "./metered-chat.ts";

/** The product's ledger; it can also tell how large it is, and count the SQL of the whole Worker. */
export class TokenLedger extends Product {
  async databaseBytes(): Promise<number> {
    return this.ctx.storage.sql.databaseSize;
  }

  async count(start: boolean): Promise<SqlCount[]> {
    if (!start) return stopCounting();
    startCounting(this.ctx.storage.sql);
    return [];
  }
}

export type BenchEnv = Omit<Env, "TOKEN_LEDGER"> & {
  TOKEN_LEDGER: DurableObjectNamespace<TokenLedger>;
  BARE_ROW: DurableObjectNamespace<BareRow>;
  METERED_CHAT: DurableObjectNamespace<MeteredChat>;
};

/** Where the benchmark asks for what only somebody inside can do. Everything else is the product's, unchanged. */
const BENCH = "/ws/bench-ledger/";

export default {
  async fetch(request: Request, env: BenchEnv, ctx: ExecutionContext): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith(BENCH)) return product.fetch(request, env as unknown as Env, ctx);
    const answer = await act(env, (await request.json()) as Asked);
    return new Response(JSON.stringify(answer, (_, it) => (typeof it === "bigint" ? String(it) : it)));
  },
};

async function act(env: BenchEnv, asked: Asked): Promise<unknown> {
  const ledger = env.TOKEN_LEDGER.getByName(asked.enterprise);
  switch (asked.do) {
    case "credit":
      await env.DB.exec("CREATE TABLE IF NOT EXISTS bench_wallets (id TEXT PRIMARY KEY, balance INTEGER)");
      await env.DB.prepare("INSERT INTO bench_wallets (id, balance) VALUES (?, ?)")
        .bind(asked.enterprise, Number(asked.nano))
        .run();
      return ledger.credit({ kind: "trial", amount_nano: BigInt(asked.nano), key: "bench" });
    case "pairs":
      return payPairs(env, asked);
    case "turns":
      return meterTurns(env, asked);
    case "balance-in-d1":
      return env.DB.prepare("SELECT balance FROM bench_wallets WHERE id = ?").bind(asked.enterprise).first();
    case "fill":
      return fill(ledger, asked);
    case "usage":
      return ledger.usage();
    case "check":
      return ledger.selfCheck();
    case "size":
      return ledger.databaseBytes();
    case "count":
      return ledger.count(asked.start);
  }
}
