import type { Attempt, ReserveAsk, Spender, TokenCounts } from "#ledger/types";
import type { Facts, Row } from "./facts.ts";
import type { limits } from "./limits.ts";
import { type Bucket, least, type Money, type Taken } from "./money.ts";
import { costOf } from "./prices.ts";
import type { PricedAttempt, Rules, World } from "./world.ts";

export type Call = Spender & {
  call_id: string;
  agent: string;
  model: string;
  ask: ReserveAsk | null;
  state: "open" | "settled" | "estimated" | "void";
  granted: number;
  amount: bigint;
  taken: Taken;
  first: Bucket[];
  seen: TokenCounts;
  input_upper: number;
  expires: number;
  payload: string | null;
  charges: Charge[];
};
/** A row that stands, with the money that moved for it: taken back as one. */
type Charge = { row: Row; taken: Taken; moved: [account: string, amount: bigint][] };

const NOTHING: TokenCounts = { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 };

export const newCall = (of: Pick<Call, "call_id" | "agent" | "model" | "input_upper"> & Spender): Call => ({
  ...of,
  ask: null,
  state: "open",
  granted: 0,
  amount: 0n,
  taken: new Map(),
  first: [],
  seen: { ...NOTHING },
  expires: 0,
  payload: null,
  charges: [],
});

/** Calls and what they are charged. */
export function charging(
  world: World,
  books: { money: Money; facts: Facts; budgets: ReturnType<typeof limits>; rules: Rules },
) {
  const { money, facts, budgets, rules } = books;

  /** Who gets the cost, and what the user owes the owner for it. */
  function earned(user: string, cost: bigint): [string, bigint][] {
    const { shares = [], owner_markup_bps } = rules.terms;
    const parts = shares.map(({ account, bps }): [string, bigint] => [
      `share:${account}`,
      (cost * BigInt(bps)) / 10_000n,
    ]);
    const rest = parts.reduce((left, [, part]) => left - part, cost);
    if (owner_markup_bps === undefined) return [...parts, ["revenue", rest]];
    const exact = cost * BigInt(10_000 + owner_markup_bps);
    const price = exact % 10_000n === 0n ? exact / 10_000n : exact / 10_000n + 1n;
    return [...parts, ["revenue", rest], [`user:${user}`, -price], ["sales", price]];
  }

  function charge(
    call: Call,
    attempt: Pick<PricedAttempt, "model" | "price" | "counts">,
    first: Iterable<Bucket>,
  ) {
    const cost = costOf(attempt.price, attempt.counts);
    world.open("month");
    const { taken, short } = money.take(cost, first);
    const overdrawn = least(short, money.overdraft() - money.debt());
    const moved: [string, bigint][] = [
      ["overdraft", -overdrawn],
      ["absorbed", overdrawn - short],
      ...earned(call.user_id, cost),
    ];
    const row = facts.write({
      call: call.call_id,
      user: call.user_id,
      chat: call.chat_id,
      run: call.run_id,
      workflow: call.workflow,
      agent: call.agent,
      model: attempt.model,
      calls: 1,
      tokens: attempt.counts,
      cost,
    });
    for (const [bucket, amount] of taken) bucket.balance -= amount;
    for (const [account, amount] of moved) money.move(account, amount);
    call.charges.push({ row, taken, moved });
    budgets.noteSpending(call);
    return cost;
  }

  function free(call: Call) {
    money.hold(call.taken, -1n);
    call.taken = new Map();
    world.openCalls.delete(call);
  }

  return {
    charge,
    free,
    undo(call: Call) {
      for (const { row, taken, moved } of call.charges) {
        const { input, cache_read, cache_write, output, reasoning } = row.tokens;
        const tokens = {
          input: -input,
          cache_read: -cache_read,
          cache_write: -cache_write,
          output: -output,
          reasoning: -reasoning,
        };
        world.open("month");
        facts.write({ ...row, calls: -1, tokens, cost: -row.cost });
        for (const [bucket, amount] of taken) bucket.balance += amount;
        for (const [account, amount] of moved) money.move(account, -amount);
        money.giveBack(world.now);
      }
      call.charges = [];
    },
    estimate(call: Call) {
      const { input, cache_read, cache_write } = call.seen;
      const cached = cache_read + cache_write;
      let plain = input;
      if (input + cached === 0) plain = call.input_upper;
      else if (cached > 0) plain = Math.max(0, Math.min(input, call.input_upper - cached));
      free(call);
      call.state = "estimated";
      const price = world.priceOf(call.model)!;
      charge(call, { model: call.model, price, counts: { ...call.seen, input: plain } }, call.first);
    },
  };
}

/** One response delivered twice counts once; null where the two differ. */
export function distinct<T extends Attempt>(attempts: T[]): T[] | null {
  const kept: T[] = [];
  for (const attempt of attempts) {
    const before = kept.find((other) =>
      attempt.response_id
        ? other.response_id === attempt.response_id && other.model === attempt.model
        : !other.response_id && other.attempt === attempt.attempt,
    );
    if (!before) kept.push(attempt);
    else if (figures({ ...before, attempt: 0 }) !== figures({ ...attempt, attempt: 0 })) return null;
  }
  return kept;
}

export function figures({ attempt, model, response_id, counts, source }: Attempt): string {
  return JSON.stringify({ attempt, model, response_id: response_id || "", counts, source });
}
