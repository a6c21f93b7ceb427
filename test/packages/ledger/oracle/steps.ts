import type { LimitScope } from "#ledger/budgets";
import type { SettingsChange } from "#ledger/configure";
import { OFFLINE_PRICE, type Price } from "#ledger/price-book";
import type { CreditAsk, ReserveAsk, TokenCounts } from "#ledger/types";
import { ODD_PRICE } from "../ledger-under-test.ts";
import { ZONES } from "./calendar.ts";
import type { OracleLeaseAsk, OracleReport, PricedAttempt } from "./world.ts";

const TIERED_PRICE: Price = {
  model: "test/tiered",
  valid_from: 0,
  pico: {
    ...{
      input: 300_000n,
      cache_read: 30_000n,
      cache_write: 375_000n,
      output: 1_500_001n,
      reasoning: 1_500_001n,
    },
    tiers: [
      {
        above: 1_000,
        pico: {
          input: 600_000n,
          cache_read: 60_000n,
          cache_write: 750_000n,
          output: 250_000n,
          reasoning: 9n,
        },
      },
    ],
  },
  source: "a test",
};
export const PRICES = [OFFLINE_PRICE, ODD_PRICE, TIERED_PRICE];
/** What a model cost once: a lease may have been taken under it. */
const OLD_PRICE: Price = { ...OFFLINE_PRICE, pico: { ...OFFLINE_PRICE.pico, input: 99_001n } };

/** A lease's epoch is told from the one that its chat has: by how many it is behind. */
type LeaseStep = Omit<OracleLeaseAsk, "epoch" | "alerts_after"> & { behind: number; heard: number | null };
export type Step =
  | { do: "credit"; ask: CreditAsk; expires_in: number | null }
  | { do: "reserve"; ask: ReserveAsk }
  | { do: "checkpoint"; call: string; counts: TokenCounts }
  | { do: "settle"; call: string; attempts: PricedAttempt[] }
  | { do: "void"; call: string }
  | { do: "exchange"; ask: LeaseStep }
  | { do: "configure"; change: SettingsChange }
  | { do: "cap"; user: string; limit: bigint | null }
  | { do: "look" }
  | { do: "pass"; ms: number }
  /** Delivers an earlier step once more, as a network does. */
  | { do: "again"; back: number };

type Random = () => number;

/** Numbers from 0 to 1, the same for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const DAY_MS = 86_400_000;
const TOKENS = [0, 0, 0, 1, 1, 37, 37, 400, 400, 2_500];
const LIMITS: readonly (bigint | null)[] = [
  null,
  null,
  0n,
  2_000_000n,
  9_000_000n,
  30_000_000n,
  60_000_000n,
  90_000_000n,
];
const SCOPES: LimitScope[] = ["turn", "chat", "user_day", "user_month", "workflow_month", "app_month"];
const MODELS = [...PRICES, OFFLINE_PRICE].map((price) => price.model);
const USERS: Record<string, string> = { c1: "ann", c2: "bob", c3: "ann", c4: "cyd" };

function pick<T>(random: Random, of: readonly T[]): T {
  return of[Math.floor(random() * of.length)]!;
}

function countsFrom(random: Random): TokenCounts {
  const one = () => pick(random, TOKENS);
  return { input: one(), cache_read: one(), cache_write: one(), output: one(), reasoning: one() };
}

/** @param reported they are told with their prices: one may be an earlier one, and none is unknown */
function attemptsFrom(random: Random, length: number, reported: boolean): PricedAttempt[] {
  return Array.from({ length }, (_, attempt): PricedAttempt => {
    const price = reported && random() < 0.1 ? OLD_PRICE : pick(random, PRICES);
    const model = !reported && random() < 0.04 ? "nobody/knows" : price.model;
    const id = pick(random, [{}, {}, {}, { response_id: "" }, { response_id: "resp_1" }]);
    return { attempt, model, price, counts: countsFrom(random), source: "provider", ...id };
  });
}

const SEEDS = 2 ** 32;

/** The n-th step of a run, as a number: it stays the same step when others are left out. */
export function seedOf(n: number, random: Random): number {
  return n * SEEDS + Math.floor(random() * SEEDS);
}

/** Steps that chance hardly brings together: an estimate runs into debt, credit pays it back, then the truth is told. */
function debtStory(random: Random, n: number): Step[] {
  const call_id = `story_${n}`;
  const who = { user_id: "ann", chat_id: "c1", run_id: "story", workflow: "support", agent: "helper" };
  const ask = { ...who, call_id, model: OFFLINE_PRICE.model, input_upper: 10, max_output: 1, ttl_ms: 60_000 };
  const counts = { ...countsFrom(random), reasoning: 99_999_999 };
  const paid = { kind: "topup" as const, amount_nano: 90_000_000n, key: `story_${n}` };
  const truth = attemptsFrom(random, Math.floor(random() * 3), false);
  return [
    { do: "configure", change: { overdraft_nano: 5_000_000n } },
    { do: "reserve", ask },
    { do: "checkpoint", call: call_id, counts },
    { do: "pass", ms: 60_000 },
    { do: "credit", ask: paid, expires_in: pick(random, [null, 60_000]) },
    { do: "pass", ms: pick(random, [1, 60_000]) },
    truth.length > 0 ? { do: "settle", call: call_id, attempts: truth } : { do: "void", call: call_id },
  ];
}

/**
 * One step, or a few that belong together, from one number, so that a failing run shrinks to few of them. Few calls, few keys and few amounts at a
 * time: repeats and clashes are common.
 */
export function stepsFrom(seed: number): Step[] {
  const n = Math.floor(seed / SEEDS);
  const random = randomFrom(seed % SEEDS);
  return random() < 0.004 ? debtStory(random, n) : [stepFrom(n, random)];
}

function stepFrom(n: number, random: Random): Step {
  const one = <T>(of: readonly T[]): T => pick(random, of);
  const below = (n: number) => Math.floor(random() * n);
  const rarely = (percent: number) => random() * 100 < percent;
  const counts = () => countsFrom(random);
  /** There are times of little money. */
  const scarce = Math.floor(n / 40) % 2 === 1;
  /** One of the few that are about at the time. */
  const about = (steps: number, few: number) => Math.floor(n / steps) + below(few);
  const call = () => `call_${about(6, 2)}`;
  /** What a call has used is often told late. */
  const ended = () => (rarely(40) ? `call_${about(6, 2) - below(8)}` : call());
  const spender = () => ({ run_id: `run_${about(30, 3)}`, workflow: one(["support", "support", "refunds"]) });
  const asked = () => ({ input_upper: one([0, 10, 10, 1_500]), max_output: one([1, 10, 300, 2_000]) });

  function report(): OracleReport {
    // What is told of a call is the same each time, but for some.
    const id = about(5, 3);
    const told = attemptsOf(id * 2 + (rarely(8) ? 1 : 0));
    const who = rarely(3) ? call() : `leased_${id}`;
    const { run_id, workflow } = spender();
    return {
      call_id: who,
      run_id,
      workflow,
      agent: "helper",
      model: one(MODELS),
      ...asked(),
      attempts: told,
    };
  }

  if (n === 0) return { do: "configure", change: { overdraft_nano: one([0n, 400_000n, 5_000_000n]) } };
  const kind = below(100);
  if (kind < 6) {
    const plan = rarely(30) ? { kind: "plan" as const, period: `p${about(100, 2)}` } : null;
    const ask = {
      kind: one(["trial", "topup", "promotion"] as const),
      amount_nano: one(scarce ? [1n, 99_999n, 700_001n] : [700_001n, 5_000_000n, 20_000_000n, 60_000_000n]),
      key: `key_${about(20, 3)}`,
      ...(rarely(20) ? { priority: one([0, 7, 40]) } : {}),
      ...plan,
    };
    return { do: "credit", ask, expires_in: one([null, null, null, 60_000, 3_600_000, DAY_MS, 20 * DAY_MS]) };
  }
  if (kind < 26) {
    const ask = { ...spender(), ...asked(), call_id: call(), ttl_ms: one([1, 5_000, 60_000]) };
    const who = {
      user_id: one(["ann", "bob", "cyd"]),
      chat_id: one(["c1", "c2", "c3", "c4"]),
      agent: "helper",
    };
    return { do: "reserve", ask: { ...who, ...ask, model: rarely(3) ? "nobody/knows" : one(MODELS) } };
  }
  if (kind < 34) return { do: "checkpoint", call: call(), counts: counts() };
  if (kind < 47) return { do: "settle", call: ended(), attempts: attemptsFrom(random, below(3), false) };
  if (kind < 50) return { do: "void", call: ended() };
  if (kind < 82) {
    const chat = one(Object.keys(USERS));
    const ttl_ms = one([5_000, 60_000, 600_000, 7_200_000, 7_200_000]);
    const recent_nano = one([0n, 0n, 10_000n, 300_000n]);
    const model = rarely(4) ? "nobody/knows" : one(MODELS);
    const then = one<() => LeaseStep["then"]>([
      () => ({ do: "want", ...spender(), ...asked(), model, recent_nano, ttl_ms }),
      () => ({ do: "want", ...spender(), ...asked(), model, recent_nano, ttl_ms }),
      () => ({ do: "keep", ttl_ms }),
      () => ({ do: "keep", ttl_ms }),
      () => ({ do: "renew", need_nano: 4_000n, recent_nano, ttl_ms }),
      () => ({ do: "renew", need_nano: one([0n, 4_000n, 150_000n]), recent_nano, ttl_ms }),
      () => ({ do: "return" }),
    ])();
    const user_id = rarely(2) ? "bob" : USERS[chat]!;
    const calls = Array.from({ length: one([0, 0, 1, 1, 2]) }, report);
    return {
      do: "exchange",
      ask: {
        chat_id: chat,
        user_id,
        behind: one([0, 0, 0, 0, 0, 0, 0, 1, -1, 99]),
        heard: one([null, 0, 1, 5]),
        calls,
        facts: [],
        then,
      },
    };
  }
  if (kind < 86) {
    const change = one<() => SettingsChange>([
      () => ({ limits: { [one(SCOPES)]: one(LIMITS) } }),
      () => ({ limits: Object.fromEntries(SCOPES.map((scope) => [scope, null])) }),
      () => ({ limits: Object.fromEntries(SCOPES.map((scope) => [scope, null])) }),
      () => ({ overdraft_nano: one([0n, 400_000n, 5_000_000n]) }),
      () => ({ overdraft_nano: one([5_000n, 400_000n, 5_000_000n]) }),
      () => ({ time_zone: one(ZONES) }),
      () => ({ terms: one([{}, { owner_markup_bps: one([0, 2_500, 3_333]) }, { shares: SHARES }]) }),
      () => ({ terms: { owner_markup_bps: 1, shares: SHARES.slice(0, 1) } }),
    ])();
    return { do: "configure", change };
  }
  if (kind < 87) return { do: "cap", user: one(["ann", "bob"]), limit: one([null, null, ...LIMITS]) };
  if (kind < 88) return { do: "look" };
  if (kind < 95) {
    return {
      do: "pass",
      ms: one([1, 1, 4_999, 4_999, 30_000, 30_000, 3_600_000, rarely(30) ? 9 * DAY_MS : DAY_MS]),
    };
  }
  return { do: "again", back: 1 + below(20) };
}

/** What a call is told to have used: at least one attempt. */
function attemptsOf(id: number): PricedAttempt[] {
  const random = randomFrom(id);
  return attemptsFrom(random, 1 + Math.floor(random() * 2), true);
}

const SHARES = [
  { account: "author", bps: 1_250 },
  { account: "seller", bps: 3_333 },
];
