import type { LimitScope } from "#ledger/budgets";
import type { SettingsChange } from "#ledger/configure";
import type { Price } from "#ledger/price-book";
import type { Attempt, CreditAsk, ReserveAsk, TokenCounts } from "#ledger/types";
import { windows } from "./calendar.ts";
import { charging, distinct, figures, newCall } from "./calls.ts";
import { facts } from "./facts.ts";
import { leasing } from "./leases.ts";
import { type Held, limits } from "./limits.ts";
import { least, money, most } from "./money.ts";
import type { OracleLeaseAsk, Rules, World } from "./world.ts";

/**
 * The ledger's rules once more, as plainly as they can be put: maps and loops, whole history in memory, no
 * SQL, no sharing with the code under test. Answers are codes, or `ok` with the figures that matter.
 */
export function oracle(prices: readonly Price[], start: number) {
  const purse = money();
  const calendar = windows(() => world.now, purse.balance);
  const world: World = {
    now: start,
    calls: new Map(),
    openCalls: new Set(),
    priceOf: (model) => prices.find((price) => price.model === model),
    open: calendar.open,
  };
  const rules: Rules = { terms: {} };
  const usage = facts(() => world.now, calendar.open);
  const budgets = limits({ money: purse, facts: usage, open: calendar.open, held });
  const charges = charging(world, { money: purse, facts: usage, budgets, rules });
  const expire = () => purse.expire(world.now, () => calendar.open("month"));
  const leased = leasing(world, { money: purse, budgets, charges, expire });

  function held(): Held[] {
    const calls = [...world.openCalls].map((call): Held => ({ ...call, leased: false }));
    const leases = [...leased.leases.values()].filter((lease) => lease.open);
    return [
      ...calls,
      ...leases.map(
        ({ chat, user, workflow, amount }): Held => ({
          ...{ chat_id: chat, user_id: user, run_id: "", workflow, amount, leased: true },
        }),
      ),
    ];
  }

  function sweep() {
    const late = [...world.openCalls].filter((call) => call.expires <= world.now);
    for (const call of late.sort((a, b) => a.expires - b.expires)) charges.estimate(call);
    leased.endOverdue();
    expire();
  }

  /** Every operation first ends what is overdue. */
  const operation =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      sweep();
      return work(...args);
    };

  return {
    money: purse,
    budgets,
    facts: usage,
    windows: calendar.begun,
    leases: leased.leases,
    openCalls: world.openCalls,
    now: () => world.now,
    pass: (ms: number) => {
      world.now += ms;
    },
    sweep,
    /** What a read does: it begins the windows of now. */
    look: operation(() => {
      calendar.open("month");
      calendar.open("day");
    }),
    exchange: operation((ask: OracleLeaseAsk) => leased.exchange(ask)),
    configure: operation((change: SettingsChange): string => {
      const { overdraft_nano, time_zone, terms } = change;
      if (overdraft_nano !== undefined && overdraft_nano < purse.debt()) return "CONFLICT";
      if (overdraft_nano !== undefined) purse.setOverdraft(overdraft_nano);
      for (const [scope, limit] of Object.entries(change.limits ?? {}) as [LimitScope, bigint | null][]) {
        if (limit === null) budgets.set.delete(scope);
        else budgets.set.set(scope, limit);
      }
      if (time_zone !== undefined) calendar.setZone(time_zone);
      if (terms !== undefined) rules.terms = terms;
      return "ok";
    }),
    setOwnCap: operation((user: string, limit: bigint | null): string => {
      if (limit === null) budgets.caps.delete(user);
      else budgets.caps.set(user, limit);
      return "ok";
    }),
    credit: operation((ask: CreditAsk): string => {
      const known = purse.buckets.find((bucket) => bucket.ask.key === ask.key);
      if (known) {
        const all = ({ kind, amount_nano, expires_at, priority, period }: CreditAsk) =>
          [kind, amount_nano, expires_at ?? "", priority ?? "", period ?? ""].join(" ");
        return all(known.ask) === all(ask) ? `ok ${purse.balance()}` : "IDEMPOTENCY_MISMATCH";
      }
      const granted = purse.buckets
        .filter((bucket) => bucket.ask.kind === "plan" && bucket.ask.period === ask.period)
        .reduce((sum, bucket) => sum + bucket.granted, 0n);
      const amount = ask.kind === "plan" ? most(ask.amount_nano - granted, 0n) : ask.amount_nano;
      if (amount > 0n) calendar.open("month");
      const owed = least(purse.debt(), amount);
      purse.buckets.push({
        ask,
        age: purse.buckets.length,
        granted: amount,
        balance: amount - owed,
        held: 0n,
      });
      purse.move(`source:${ask.kind}`, -amount);
      purse.move("overdraft", owed);
      return `ok ${purse.balance()}`;
    }),
    reserve: operation((ask: ReserveAsk): string => {
      const known = world.calls.get(ask.call_id);
      if (known) {
        if (JSON.stringify(known.ask) !== JSON.stringify(ask)) return "IDEMPOTENCY_MISMATCH";
        return known.state === "open" ? `ok ${known.granted}` : "CONFLICT";
      }
      const price = world.priceOf(ask.model);
      if (!price) return "UNKNOWN_MODEL";
      const admitted = budgets.admit(ask, ask, price);
      if (typeof admitted === "string") return admitted;
      const { taken } = purse.take(admitted.amount);
      purse.hold(taken, 1n);
      const call = newCall(ask);
      Object.assign(call, { ask, granted: admitted.output, amount: admitted.amount, taken });
      Object.assign(call, { first: [...taken.keys()], expires: world.now + ask.ttl_ms });
      world.calls.set(ask.call_id, call);
      world.openCalls.add(call);
      return `ok ${admitted.output}`;
    }),
    checkpoint: operation((callId: string, tokens: TokenCounts): string => {
      const call = world.calls.get(callId);
      if (!call) return "NOT_FOUND";
      if (call.state !== "open") return "ok";
      for (const name of Object.keys(tokens) as (keyof TokenCounts)[]) {
        call.seen[name] = Math.max(call.seen[name], tokens[name]);
      }
      return "ok";
    }),
    settle: (callId: string, told: Attempt[]): string => {
      const attempts = distinct(told);
      if (!attempts) return "IDEMPOTENCY_MISMATCH";
      sweep();
      const call = world.calls.get(callId);
      if (!call) return "NOT_FOUND";
      if (call.state === "void") return "CONFLICT";
      if (attempts.length === 0) {
        if (call.state === "open") charges.estimate(call);
      } else if (call.state === "settled") {
        if (call.payload !== attempts.map(figures).join()) return "IDEMPOTENCY_MISMATCH";
      } else {
        const priced = attempts.map((attempt) => ({ ...attempt, price: world.priceOf(attempt.model) }));
        if (priced.some((attempt) => !attempt.price)) return "UNKNOWN_MODEL";
        charges.undo(call);
        charges.free(call);
        Object.assign(call, { state: "settled", payload: attempts.map(figures).join() });
        for (const attempt of priced) charges.charge(call, { ...attempt, price: attempt.price! }, call.first);
      }
      // A repeated settle changes nothing, and takes back nothing either.
      expire();
      const cost = call.charges.reduce((sum, { row }) => sum + row.cost, 0n);
      return `ok ${cost} ${usage.spent(`chat ${call.chat_id}`)} ${purse.balance()}`;
    },
    void: operation((callId: string): string => {
      const call = world.calls.get(callId);
      if (!call) return "NOT_FOUND";
      if (call.state === "settled") return "CONFLICT";
      if (call.state === "void") return "ok";
      charges.undo(call);
      charges.free(call);
      call.state = "void";
      return "ok";
    }),
  };
}

export type Oracle = ReturnType<typeof oracle>;
