import type { LimitScope } from "#ledger/budgets";
import type { Price } from "#ledger/price-book";
import type { Spender } from "#ledger/types";
import type { Facts } from "./facts.ts";
import { least, type Money } from "./money.ts";
import { affordable, worstOf } from "./prices.ts";

export type Held = Spender & { amount: bigint; leased: boolean };
export type Budget = {
  scope: string;
  key: string;
  start: number;
  limit: bigint;
  spent: bigint;
  held: bigint;
};
export type Alert = Omit<Budget, "held"> & { id: number; threshold: number };
export type Admitted = { output: number; amount: bigint; headroom: bigint };

const LEAST_OUTPUT = 256;

/** The owner's limits, people's own, and who was told when. */
export function limits(deps: {
  money: Money;
  facts: Facts;
  open: (grain: "day" | "month") => { start: number };
  held: () => Held[];
}) {
  const { money, facts, open } = deps;
  /** In the order they were set: the first that refuses is named. */
  const set = new Map<LimitScope, bigint>();
  const caps = new Map<string, bigint>();
  const alerts: Alert[] = [];
  const told = new Set<string>();

  function held(is: (held: Held) => boolean): bigint {
    return deps.held().reduce((sum, held) => (is(held) ? sum + held.amount : sum), 0n);
  }

  function budget(scope: string, limit: bigint, who: Spender): Budget {
    const user = (held: Held) => held.user_id === who.user_id;
    switch (scope) {
      case "turn":
        return {
          ...{
            scope,
            limit,
            key: who.run_id,
            start: 0,
            spent: facts.spent(`turn ${who.chat_id} ${who.run_id}`),
          },
          held: held((it) => !it.leased && it.chat_id === who.chat_id && it.run_id === who.run_id),
        };
      case "chat":
        return {
          ...{ scope, limit, key: who.chat_id, start: 0, spent: facts.spent(`chat ${who.chat_id}`) },
          held: held((it) => it.chat_id === who.chat_id),
        };
      case "user_day": {
        const { start } = open("day");
        const spent = facts.spent(`day ${start} user ${who.user_id}`);
        return { scope, limit, key: who.user_id, start, spent, held: held(user) };
      }
      case "workflow_month": {
        const { start } = open("month");
        const spent = facts.spent(`month ${start} workflow ${who.workflow}`);
        const of = held((it) => it.workflow === who.workflow);
        return { scope, limit, key: who.workflow, start, spent, held: of };
      }
      case "app_month": {
        const { start } = open("month");
        const spent = facts.spent(`month ${start} total `);
        return { scope, limit, key: "", start, spent, held: held(() => true) };
      }
      default: {
        const { start } = open("month");
        const spent = facts.spent(`month ${start} user ${who.user_id}`);
        return { scope, limit, key: who.user_id, start, spent, held: held(user) };
      }
    }
  }

  function budgets(who: Spender): Budget[] {
    const found = [...set].map(([scope, limit]) => budget(scope, limit, who));
    const cap = caps.get(who.user_id);
    return cap === undefined ? found : [...found, budget("own_cap", cap, who)];
  }

  function note(it: Budget, threshold: number) {
    const { scope, key, start, limit, spent } = it;
    const once = [scope, key, start, limit, threshold].join(" ");
    if (told.has(once)) return;
    told.add(once);
    alerts.push({ id: alerts.length + 1, scope, key, start, limit, spent, threshold });
  }

  const available = () => {
    const free = money.balance() - money.held();
    return free > 0n ? free : 0n;
  };
  const lasting = (all: Budget[]) =>
    all
      .filter((it) => it.scope !== "turn")
      .reduce((free, it) => least(free, it.limit - it.spent - it.held), available());

  return {
    set,
    caps,
    alerts,
    budgets,
    headroom: (who: Spender) => lasting(budgets(who)),
    noteSpending(who: Spender) {
      for (const it of budgets(who)) {
        for (const threshold of [50, 80, 100]) {
          if (it.spent * 100n >= it.limit * BigInt(threshold)) note(it, threshold);
        }
      }
    },
    /** What is admitted, or the code and the scope of the refusal. */
    admit(who: Spender, call: { input_upper: number; max_output: number }, price: Price): Admitted | string {
      const useful = Math.min(call.max_output, LEAST_OUTPUT);
      const need = worstOf(price, call.input_upper, useful);
      const all = budgets(who);
      const used = all.find((it) => need > it.limit - it.spent);
      if (need > money.balance()) return "INSUFFICIENT_BALANCE wallet";
      if (used) {
        note(used, 100);
        return `BUDGET_EXCEEDED ${used.scope}`;
      }
      if (need > available()) return "TEMPORARILY_HELD wallet";
      const held = all.find((it) => need > it.limit - it.spent - it.held);
      if (held) return `TEMPORARILY_HELD ${held.scope}`;
      const free = all.reduce((free, it) => least(free, it.limit - it.spent - it.held), available());
      const output = affordable(price, call.input_upper, [useful, call.max_output], free);
      return { output, amount: worstOf(price, call.input_upper, output), headroom: lasting(all) };
    },
    heard: (who: { chat: string; user: string; runs: string[]; workflows: string[] }, after: number) =>
      alerts.filter(
        ({ id, scope, key }) =>
          id > after &&
          (scope === "app_month" ||
            (
              { turn: who.runs, chat: [who.chat], workflow_month: who.workflows }[scope] ?? [who.user]
            ).includes(key)),
      ),
  };
}
