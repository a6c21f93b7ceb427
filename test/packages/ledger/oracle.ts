import type { Price } from "#ledger/price-book";
import type { CreditAsk, ReserveAsk, TokenCounts } from "#ledger/types";

type Row = {
  chat: string;
  user: string;
  model: string;
  at: number;
  tokens: number;
  cost: bigint;
  calls: number;
};
type Hold = {
  ask: ReserveAsk;
  state: "open" | "settled" | "estimated" | "void";
  granted: number;
  taken: Map<Bucket, bigint>;
  first: Bucket[];
  seen: TokenCounts;
  expires: number;
  payload: string | null;
  /** What the last charge took from where; undone when the call is trued up. */
  drawn: { from: Map<Bucket, bigint>; absorbed: bigint; rows: Row[] };
};
type Bucket = { ask: CreditAsk; age: number; balance: bigint; held: bigint };

const CLASSES = ["input", "cache_read", "cache_write", "output", "reasoning"] as const;
const RANK = { plan: 0, trial: 1, promotion: 2, topup: 3 };
const LEAST = 256;

/**
 * The ledger's rules once more, as plainly as they can be put: maps and loops, whole history in memory, no
 * SQL, no sharing with the code under test. Answers are codes, or `ok` with the figures that matter.
 */
export function oracle(prices: readonly Price[], start: number) {
  const buckets: Bucket[] = [];
  const holds = new Map<string, Hold>();
  const rows: Row[] = [];
  let [now, revenue, absorbed, expired] = [start, 0n, 0n, 0n];

  const priceOf = (model: string) => prices.find((price) => price.model === model)?.pico;
  const sorted = (a: bigint, b: bigint) => [a, b].sort((x, y) => (x < y ? -1 : 1)) as [bigint, bigint];
  const max = (a: bigint, b: bigint) => sorted(a, b)[1];
  const up = (pico: bigint) => (pico % 1000n === 0n ? pico / 1000n : pico / 1000n + 1n);
  const cost = (model: string, tokens: TokenCounts) =>
    up(CLASSES.reduce((sum, name) => sum + BigInt(tokens[name]) * priceOf(model)![name], 0n));
  const worst = (ask: ReserveAsk, output: number) => {
    const pico = priceOf(ask.model)!;
    const dearestIn = max(pico.input, max(pico.cache_read, pico.cache_write));
    return up(BigInt(ask.input_upper) * dearestIn + BigInt(output) * max(pico.output, pico.reasoning));
  };
  const burnOrder = () =>
    [...buckets].sort(
      (a, b) =>
        RANK[a.ask.kind] - RANK[b.ask.kind] ||
        (a.ask.expires_at ?? Number.MAX_SAFE_INTEGER) - (b.ask.expires_at ?? Number.MAX_SAFE_INTEGER) ||
        a.age - b.age,
    );
  const balance = () => buckets.reduce((sum, bucket) => sum + bucket.balance, 0n);
  const held = () => buckets.reduce((sum, bucket) => sum + bucket.held, 0n);

  function take(amount: bigint, order: Bucket[]) {
    const from = new Map<Bucket, bigint>();
    let left = amount;
    for (const bucket of order) {
      const free = bucket.balance - bucket.held;
      const [part] = sorted(free, left);
      if (part > 0n) {
        from.set(bucket, (from.get(bucket) ?? 0n) + part);
        left -= part;
      }
    }
    return { from, left };
  }

  function free(hold: Hold) {
    for (const [bucket, amount] of hold.taken) bucket.held -= amount;
    hold.taken = new Map();
  }

  function charge(hold: Hold, model: string, tokens: TokenCounts) {
    const due = cost(model, tokens);
    const order = burnOrder();
    const { from, left } = take(due, [
      ...order.filter((bucket) => hold.first.includes(bucket)),
      ...order.filter((bucket) => !hold.first.includes(bucket)),
    ]);
    for (const [bucket, amount] of from) {
      bucket.balance -= amount;
      hold.drawn.from.set(bucket, (hold.drawn.from.get(bucket) ?? 0n) + amount);
    }
    absorbed -= left;
    hold.drawn.absorbed += left;
    revenue += due;
    const { chat_id, user_id } = hold.ask;
    const total = CLASSES.reduce((sum, name) => sum + tokens[name], 0);
    const row = { chat: chat_id, user: user_id, model, at: now, tokens: total, cost: due, calls: 1 };
    hold.drawn.rows.push(row);
    rows.push(row);
  }

  function undo(hold: Hold) {
    for (const [bucket, amount] of hold.drawn.from) bucket.balance += amount;
    absorbed += hold.drawn.absorbed;
    for (const row of hold.drawn.rows) {
      revenue -= row.cost;
      rows.push({ ...row, at: now, tokens: -row.tokens, cost: -row.cost, calls: -1 });
    }
    hold.drawn = { from: new Map(), absorbed: 0n, rows: [] };
  }

  function estimate(hold: Hold) {
    const { input, cache_read, cache_write } = hold.seen;
    const cached = cache_read + cache_write;
    const upper = hold.ask.input_upper;
    let plain = input;
    if (input + cached === 0) plain = upper;
    else if (cached > 0 && input > upper - cached) plain = upper > cached ? upper - cached : 0;
    free(hold);
    hold.state = "estimated";
    charge(hold, hold.ask.model, { ...hold.seen, input: plain });
  }

  function expireCredits() {
    for (const bucket of buckets) {
      if (bucket.ask.expires_at == null || bucket.ask.expires_at > now) continue;
      expired += bucket.balance - bucket.held;
      bucket.balance = bucket.held;
    }
  }

  function sweep() {
    const late = [...holds.values()].filter((hold) => hold.state === "open" && hold.expires <= now);
    for (const hold of late.sort((a, b) => a.expires - b.expires)) estimate(hold);
    expireCredits();
  }

  return {
    pass: (ms: number) => {
      now += ms;
    },
    figures: () => ({ balance: balance(), held: held(), revenue, absorbed, expired }),
    rows: () => rows,
    sweep,
    credit(ask: CreditAsk): string {
      sweep();
      const known = buckets.find((bucket) => bucket.ask.key === ask.key);
      if (!known) {
        buckets.push({ ask, age: buckets.length, balance: ask.amount_nano, held: 0n });
        return `ok ${balance()}`;
      }
      const same =
        known.ask.kind === ask.kind &&
        known.ask.amount_nano === ask.amount_nano &&
        (known.ask.expires_at ?? null) === (ask.expires_at ?? null);
      return same ? `ok ${balance()}` : "IDEMPOTENCY_MISMATCH";
    },
    reserve(ask: ReserveAsk): string {
      sweep();
      const known = holds.get(ask.call_id);
      if (known) {
        if (JSON.stringify(known.ask) !== JSON.stringify(ask)) return "IDEMPOTENCY_MISMATCH";
        return known.state === "open" ? `ok ${known.granted}` : "CONFLICT";
      }
      if (!priceOf(ask.model)) return "UNKNOWN_MODEL";
      const useful = Math.min(ask.max_output, LEAST);
      if (worst(ask, useful) > balance()) return "INSUFFICIENT_BALANCE";
      if (worst(ask, useful) > balance() - held()) return "TEMPORARILY_HELD";
      let [granted, tooMuch] = [useful, ask.max_output + 1];
      while (tooMuch - granted > 1) {
        const middle = Math.floor((granted + tooMuch) / 2);
        if (worst(ask, middle) <= balance() - held()) granted = middle;
        else tooMuch = middle;
      }
      const { from } = take(worst(ask, granted), burnOrder());
      for (const [bucket, amount] of from) bucket.held += amount;
      holds.set(ask.call_id, {
        ask,
        state: "open",
        granted,
        taken: from,
        first: [...from.keys()],
        seen: { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 },
        expires: now + ask.ttl_ms,
        payload: null,
        drawn: { from: new Map(), absorbed: 0n, rows: [] },
      });
      return `ok ${granted}`;
    },
    checkpoint(callId: string, tokens: TokenCounts): string {
      sweep();
      const hold = holds.get(callId);
      if (!hold) return "NOT_FOUND";
      if (hold.state === "open") {
        for (const name of CLASSES) hold.seen[name] = Math.max(hold.seen[name], tokens[name]);
      }
      return "ok";
    },
    settle(callId: string, attempts: { model: string; counts: TokenCounts }[]): string {
      sweep();
      const hold = holds.get(callId);
      if (!hold) return "NOT_FOUND";
      if (hold.state === "void") return "CONFLICT";
      const payload = JSON.stringify(attempts);
      if (attempts.length === 0) {
        if (hold.state === "open") estimate(hold);
      } else if (hold.state === "settled") {
        if (hold.payload !== payload) return "IDEMPOTENCY_MISMATCH";
      } else {
        if (attempts.some((attempt) => !priceOf(attempt.model))) return "UNKNOWN_MODEL";
        undo(hold);
        free(hold);
        hold.state = "settled";
        hold.payload = payload;
        for (const attempt of attempts) charge(hold, attempt.model, attempt.counts);
      }
      expireCredits();
      const spent = hold.drawn.rows.reduce((sum, row) => sum + row.cost, 0n);
      const chat = rows
        .filter((row) => row.chat === hold.ask.chat_id)
        .reduce((sum, row) => sum + row.cost, 0n);
      return `ok ${spent} ${chat} ${balance()}`;
    },
    void(callId: string): string {
      sweep();
      const hold = holds.get(callId);
      if (!hold) return "NOT_FOUND";
      if (hold.state === "settled") return "CONFLICT";
      if (hold.state === "void") return "ok";
      undo(hold);
      free(hold);
      hold.state = "void";
      return "ok";
    },
  };
}
