import type { CreditAsk } from "#ledger/types";

export type Bucket = { ask: CreditAsk; age: number; granted: bigint; balance: bigint; held: bigint };
export type Taken = Map<Bucket, bigint>;

const RANK = { plan: 5, trial: 10, promotion: 20, topup: 30 };
const NEVER = Number.MAX_SAFE_INTEGER;

export function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

export function most(a: bigint, b: bigint): bigint {
  return a < b ? b : a;
}

/** Credits, and what the other accounts have. Amounts are nano-USD. */
export function money() {
  const buckets: Bucket[] = [];
  const accounts = new Map<string, bigint>();
  let overdraft = 0n;

  const of = (account: string) => accounts.get(account) ?? 0n;
  const move = (account: string, amount: bigint) => accounts.set(account, of(account) + amount);
  const sum = (figure: (bucket: Bucket) => bigint) =>
    buckets.reduce((total, bucket) => total + figure(bucket), 0n);
  const rank = (bucket: Bucket) => bucket.ask.priority ?? RANK[bucket.ask.kind];
  const until = (bucket: Bucket) => bucket.ask.expires_at ?? NEVER;
  const inBurnOrder = (a: Bucket, b: Bucket) => rank(a) - rank(b) || until(a) - until(b) || a.age - b.age;

  return {
    buckets,
    accounts,
    of,
    move,
    debt: () => -of("overdraft"),
    overdraft: () => overdraft,
    setOverdraft: (amount: bigint) => {
      overdraft = amount;
    },
    balance: () => sum((bucket) => bucket.balance) + of("overdraft"),
    held: () => sum((bucket) => bucket.held),
    /** What is free, bucket by bucket; those of `first` before the others. */
    take(amount: bigint, first: Iterable<Bucket> = []): { taken: Taken; short: bigint } {
      const preferred = new Set(first);
      const order = buckets.toSorted(
        (a, b) => Number(preferred.has(b)) - Number(preferred.has(a)) || inBurnOrder(a, b),
      );
      const taken: Taken = new Map();
      let short = amount;
      for (const bucket of order) {
        const part = least(bucket.balance - bucket.held, short);
        if (part <= 0n) continue;
        taken.set(bucket, part);
        short -= part;
      }
      return { taken, short };
    },
    hold(taken: Taken, sign: 1n | -1n) {
      for (const [bucket, amount] of taken) bucket.held += sign * amount;
    },
    /** More was paid back than was owed in the end: it goes to the credit that burns last. */
    giveBack(now: number) {
      const surplus = of("overdraft");
      if (surplus <= 0n) return;
      const usable = buckets.filter((bucket) => until(bucket) > now);
      const last = (usable.length > 0 ? usable : buckets).toSorted(inBurnOrder).at(-1)!;
      last.balance += surplus;
      move("overdraft", -surplus);
    },
    /** @param opening is called before money moves */
    expire(now: number, opening: () => void) {
      for (const bucket of buckets) {
        const free = bucket.balance - bucket.held;
        if (until(bucket) > now || free <= 0n) continue;
        opening();
        bucket.balance -= free;
        move("expired", free);
      }
    },
  };
}

export type Money = ReturnType<typeof money>;
