import { DurableObject } from "cloudflare:workers";
import { LIMITS } from "#base/limits";
import { LEASE_TABLES } from "#ledger/held-lease";
import { type LeaseMeter, leaseMeter } from "#ledger/lease-meter";
import type { LeaseAnswer } from "#ledger/lease-types";
import type { ReserveAnswer, SettleAnswer } from "#ledger/types";
import { compose } from "#workers/compose";
import type { Env } from "#workers/env";
import { objectSql } from "#workers/object-sql";
import { ledgerFor } from "#workers/token-ledger/ledger-for";
import { ask, COST_NANO, USED } from "../call.ts";
import type { Way } from "../ways.ts";

export type MeteredTurns = {
  turns: number;
  refused: number;
  /** Calls of the ledger or of D1. */
  calls: number;
  /** Of these, calls that came before the model could be asked. */
  callsBefore: number;
  /** Milliseconds of metering in each turn, in all and before the model could be asked; whole ones. */
  ms: number[];
  beforeMs: number[];
};

const COST = Number(COST_NANO);

/** A chat without a conversation: its turns are their metering and one wait, where the model would be. */
export class MeteredChat extends DurableObject<Env> {
  #meter: LeaseMeter | null = null;
  #calls = 0;
  #n = 0;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.transactionSync(() => {
      const has = ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = 'lease'").toArray();
      if (has.length === 0) for (const step of LEASE_TABLES) ctx.storage.sql.exec(step);
    });
  }

  /** Turns one after another until the time is over or there are enough. */
  async turns(way: Way, payer: string, until: { ms: number; turns: number }): Promise<MeteredTurns> {
    const done: MeteredTurns = { turns: 0, refused: 0, calls: 0, callsBefore: 0, ms: [], beforeMs: [] };
    const endsAt = performance.now() + until.ms;
    const from = this.#calls;
    for (let n = 0; n < until.turns && performance.now() < endsAt; n++) {
      const turn = this.#turn(way, payer);
      const startedAt = performance.now();
      const callsAt = this.#calls;
      const admitted = await turn.begin();
      const beforeMs = performance.now() - startedAt;
      done.callsBefore += this.#calls - callsAt;
      if (!admitted) {
        done.refused += 1;
        continue;
      }
      await scheduler.wait(0);
      const answeredAt = performance.now();
      await turn.end();
      done.beforeMs.push(beforeMs);
      done.ms.push(beforeMs + performance.now() - answeredAt);
      done.turns += 1;
    }
    done.calls = this.#calls - from;
    return done;
  }

  /** What the chat keeps aside goes back, so that the ledger can be read. */
  async giveBack(): Promise<void> {
    await this.#meter?.giveBack();
  }

  #turn(way: Way, payer: string): { begin(): Promise<boolean>; end(): Promise<void> } {
    const wanted = ask(this.#who(), `${this.ctx.id}-${this.#n++}`);
    switch (way) {
      case "lease": {
        const meter = this.#leased(payer);
        return {
          begin: async () => (await meter.reserve(wanted)).ok,
          end: async () => {
            meter.settleNow(wanted.call_id, [USED]);
            if (!(await meter.endRun()).ok) throw new Error("the run was not told");
          },
        };
      }
      case "rpc": {
        const ledger = ledgerFor(this.env, payer);
        return {
          begin: async () => (await this.#counted<ReserveAnswer>(ledger.reserve(wanted))).ok,
          end: async () => {
            if (!(await this.#counted<SettleAnswer>(ledger.settle(wanted.call_id, [USED]))).ok)
              throw new Error("not settled");
          },
        };
      }
      case "d1":
        return {
          begin: async () => {
            const look = this.env.DB.prepare("SELECT balance FROM bench_wallets WHERE id = ?").bind(payer);
            return (await this.#counted(look.first<number>("balance")))! >= COST;
          },
          end: async () => void (await this.#take(payer, "")),
        };
      case "d1-once":
        return {
          begin: async () => (await this.#take(payer, "AND balance >= ?1")) === 1,
          end: async () => undefined,
        };
    }
  }

  #leased(payer: string): LeaseMeter {
    const { clock, prices } = compose(this.env);
    this.#meter ??= leaseMeter({
      ...{ sql: objectSql(this.ctx.storage), clock, prices, ...this.#who() },
      exchange: async (it) => this.#counted<LeaseAnswer>(ledgerFor(this.env, payer).exchange(it)),
      lease_ttl_ms: LIMITS.leaseTtlMs,
      heard: () => {},
    });
    return this.#meter;
  }

  async #take(payer: string, condition: string): Promise<number> {
    const take = `UPDATE bench_wallets SET balance = balance - ?1 WHERE id = ?2 ${condition}`;
    const done = await this.#counted(this.env.DB.prepare(take).bind(COST, payer).run());
    return done.meta.changes;
  }

  #counted<T>(call: PromiseLike<T>): PromiseLike<T> {
    this.#calls += 1;
    return call;
  }

  #who() {
    return { chat_id: String(this.ctx.id), user_id: "user_bench" };
  }
}
