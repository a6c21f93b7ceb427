import type { Clock } from "#base/clock";
import type { Sql } from "#base/sql";
import { areAttempts, attemptsPayload, withoutRepeats } from "./attempts.ts";
import { affordableOutput, costNano, worstCaseNano } from "./cost.ts";
import { areTokenCounts, estimatedCounts, NO_TOKENS } from "./counts.ts";
import type { Fact } from "./facts.ts";
import { leaseBooks } from "./lease-books.ts";
import { leaseLine } from "./lease-line.ts";
import type { LeaseAnswer, LeaseAsk } from "./lease-types.ts";
import type { LeasedCall } from "./leased-calls.ts";
import { LEDGER_LIMITS } from "./limits.ts";
import { type Figures, type PriceBook, picoOf, type VersionedPrice } from "./price-book.ts";
import { priceFor } from "./price-for.ts";
import { refuse } from "./refuse.ts";
import { isReserveAsk, reservePayload } from "./reserve.ts";
import type { Attempt, ReserveAnswer, ReserveAsk, SettleAnswer, TokenCounts } from "./types.ts";

export type LeaseMeterDeps = {
  /** The chat's own database, with LEASE_TABLES. */
  sql: Sql;
  clock: Clock;
  prices: PriceBook;
  chat_id: string;
  user_id: string;
  /** One exchange with the ledger. Answers LEDGER_UNAVAILABLE, and does not throw, when it can't be reached. */
  exchange: (ask: LeaseAsk) => Promise<LeaseAnswer>;
  /** How long a lease lasts if nothing is heard, in milliseconds. */
  lease_ttl_ms: number;
  /** Hears each answer of the ledger once it is stored, before anything else is done: its alerts, and what it refused. */
  heard: (answer: LeaseAnswer & { ok: true }) => void;
};

export type LeaseMeter = ReturnType<typeof leaseMeter>;

/**
 * The meter of one chat: it reserves and settles in the chat's own database, under a lease of the ledger, by the
 * ledger's own rules, and reports what was used. A call goes to the ledger only where the lease doesn't cover it.
 * Every state is rows, so whoever comes after a crash goes on with them.
 */
export function leaseMeter(deps: LeaseMeterDeps) {
  const { clock, prices, chat_id, user_id } = deps;
  const books = leaseBooks(deps.sql);
  const line = leaseLine(deps, books);

  function exchange(then: LeaseAsk["then"]): Promise<LeaseAnswer> {
    return line.inTurn(then.do === "return", () => line.tell(then));
  }

  async function reserve(ask: ReserveAsk): Promise<ReserveAnswer> {
    if (!isReserveAsk(ask) || ask.chat_id !== chat_id || ask.user_id !== user_id)
      return refuse("BAD_REQUEST");
    const known = books.find(ask.call_id);
    if (known) return repeated(known, ask);
    const priced = priceFor(prices, ask.model, clock.now());
    if (!priced.ok) return priced;
    await line.decided();
    return (
      atOnce(ask, priced.price) ??
      // What comes before in the line may bring a lease that covers it.
      line.inTurn(true, async () => atOnce(ask, priced.price) ?? afresh(ask))
    );
  }

  /** The answer that needs no word of the ledger; null where there is none. */
  function atOnce(ask: ReserveAsk, { pico, price_version }: VersionedPrice): ReserveAnswer | null {
    const known = books.find(ask.call_id);
    if (known) return repeated(known, ask);
    return books.transaction(() => {
      beginRun(ask.run_id);
      const output = underLease(ask, pico);
      if (output === null) return null;
      admit(ask, output, price_version);
      return { ok: true, max_output: output, price_version };
    });
  }

  /** The output that the present lease covers; null where it doesn't cover the call. */
  function underLease(ask: ReserveAsk, pico: Figures): number | null {
    const held = books.held();
    const { lease } = held;
    if (!lease || lease.workflow !== ask.workflow) return null;
    if (clock.now() + ask.ttl_ms + LEDGER_LIMITS.leaseMarginMs > lease.expires_at) return null;
    const out = books.outstanding();
    const left = lease.amount_nano - out.open_nano - out.unreported_nano;
    if (worstCaseNano(ask.input_upper, ask.max_output, pico) > left) return null;
    if (lease.turn_limit_nano === null) return ask.max_output;
    const ofTurn = lease.turn_limit_nano - held.run_cost_nano - out.open_nano;
    const output = Math.min(ask.max_output, affordableOutput(ofTurn, ask.input_upper, pico));
    const useful = Math.min(ask.max_output, LEDGER_LIMITS.minUsefulOutputTokens);
    // The ledger says so itself, and notes that the limit was reached.
    return output < useful ? null : output;
  }

  async function afresh(ask: ReserveAsk): Promise<ReserveAnswer> {
    // A new lease takes the old one's place, and would not cover what is still under way.
    if (books.outstanding().open > 0) return refuse("TEMPORARILY_HELD", { scope: "chat" });
    const { run_id, workflow, model, input_upper, max_output } = ask;
    const { recent_nano } = books.held();
    const want = { run_id, workflow, model, input_upper, max_output, recent_nano };
    let isLate = false;
    const answer = await line.tell({ do: "want", ...want, ttl_ms: deps.lease_ttl_ms }, ({ wanted }) => {
      if (!wanted?.ok) return;
      isLate = clock.now() + ask.ttl_ms > (books.held().lease?.expires_at ?? 0);
      if (!isLate) admit(ask, wanted.max_output, wanted.price_version);
    });
    if (!answer.ok) return answer;
    if (isLate) return refuse("LEDGER_UNAVAILABLE");
    return answer.wanted ?? refuse("INTERNAL");
  }

  function admit(ask: ReserveAsk, maxOutput: number, version: string): void {
    const worst = worstCaseNano(ask.input_upper, maxOutput, picoOf(version));
    books.add({
      ask,
      price_version: version,
      max_output: maxOutput,
      worst_nano: worst,
      checkpoint: NO_TOKENS,
      opened_at: clock.now(),
    });
    books.write({ need_nano: worst, used_at: clock.now() });
  }

  /** The first call of a run: what the run before cost is a hint for the next lease. */
  function beginRun(runId: string): void {
    if (books.held().run_id === runId) return;
    // A run that is over left a call without an end: it may have reached its provider, so it is not free.
    for (const { call_id } of books.open()) settleNow(call_id, []);
    const held = books.held();
    books.forgetReported();
    books.write({
      run_id: runId,
      run_cost_nano: 0n,
      recent_nano: (held.recent_nano + held.run_cost_nano) / 2n,
    });
  }

  async function checkpoint(callId: string, counts: TokenCounts) {
    const call = books.find(callId);
    if (call?.state !== "open" || !areTokenCounts(counts)) return null;
    const highest = books.checkpoint(call, counts);
    const cost = costNano(highest, picoOf(call.price_version));
    const held = books.held();
    const untold = books.outstanding().unreported_nano + cost;
    return {
      counts: highest,
      cost_nano: cost,
      chat_cost_nano: held.chat_cost_nano + untold,
      balance_nano: held.balance_nano - untold,
    };
  }

  /** Needs no answer of the ledger, so it can be done with no await in between. */
  function settleNow(callId: string, attempts: Attempt[]): SettleAnswer {
    if (!areAttempts(attempts)) return refuse("BAD_REQUEST");
    const call = books.find(callId);
    if (!call) return refuse("NOT_FOUND", { call_id: callId });
    const distinct = withoutRepeats(attempts.length > 0 ? attempts : [estimateOf(call)]);
    if (!distinct) return refuse("IDEMPOTENCY_MISMATCH", { call_id: callId });
    if (call.attempts) {
      // An empty list says that the end is unknown: it adds nothing to an end that is known.
      const same = attempts.length === 0 || attemptsPayload(call.attempts) === attemptsPayload(distinct);
      return same ? settled(call.attempts) : refuse("IDEMPOTENCY_MISMATCH", { call_id: callId });
    }
    const priced: NonNullable<LeasedCall["attempts"]> = [];
    for (const attempt of distinct) {
      const own = attempt.model === call.ask.model;
      const found = own ? null : priceFor(prices, attempt.model, call.opened_at);
      if (found?.ok === false) return found;
      priced.push({ ...attempt, price_version: found?.price.price_version ?? call.price_version });
    }
    const cost = priced.reduce((sum, attempt) => sum + costOf(attempt), 0n);
    books.transaction(() => {
      books.end(call, priced, cost);
      const held = books.held();
      if (held.run_id === call.ask.run_id) {
        books.write({ run_cost_nano: held.run_cost_nano + cost, used_at: clock.now() });
      }
    });
    return settled(priced);
  }

  /** The chat's cost and the balance are the ledger's, with what it has not heard of yet. */
  function settled(attempts: NonNullable<LeasedCall["attempts"]>): SettleAnswer {
    const held = books.held();
    const { unreported_nano } = books.outstanding();
    const rows = attempts.map((it) => ({
      model: it.model,
      counts: it.counts,
      cost_nano: costOf(it),
      source: it.source,
    }));
    return {
      ok: true,
      rows,
      cost_nano: rows.reduce((sum, row) => sum + row.cost_nano, 0n),
      chat_cost_nano: held.chat_cost_nano + unreported_nano,
      balance_nano: held.balance_nano - unreported_nano,
    };
  }

  /** What was used is told, and the lease is given back: before a pause for a person, or after a while of silence. */
  function giveBack(): Promise<LeaseAnswer> {
    return exchange({ do: "return" });
  }

  return {
    reserve,
    checkpoint,
    settleNow,
    settle: async (callId: string, attempts: Attempt[]) => settleNow(callId, attempts),
    /** Only if the provider was never reached: the call never was. */
    async void(callId: string): Promise<void> {
      books.drop(callId);
    },
    /** In mid-run: what was used so far is told, the lease stays. */
    report: () => exchange({ do: "keep", ttl_ms: deps.lease_ttl_ms }),
    /**
     * At the end of a run: what was used is told, the lease is made as large again as the chat seems to need. Where
     * money is short it is given back.
     */
    async endRun(): Promise<LeaseAnswer> {
      const { lease, need_nano, recent_nano, run_cost_nano } = books.held();
      if (lease?.single) return giveBack();
      const recent = (recent_nano + run_cost_nano) / 2n;
      const answer = await exchange({
        do: "renew",
        need_nano,
        recent_nano: recent,
        ttl_ms: deps.lease_ttl_ms,
      });
      return answer.ok && answer.lease?.single ? giveBack() : answer;
    },
    giveBack,
    /** The lease there is, or may be without the chat's spending under it any more, and when it was last used. */
    held(): { single: boolean; used_at: number } | null {
      const { lease, unsure_until, used_at } = books.held();
      const isUnsure = !lease && unsure_until > clock.now();
      return lease || isUnsure ? { single: lease?.single ?? true, used_at } : null;
    },
    /** Whether the ledger has still to be told of something. */
    hasUnreported: () => books.outstanding().unreported > 0 || books.untold(1).length > 0,
    /** Something that happened here and costs nothing: told with the next exchange. */
    note: (fact: Fact) => books.note(fact),
  };
}

function repeated(known: LeasedCall, ask: ReserveAsk): ReserveAnswer {
  const details = { call_id: ask.call_id };
  if (reservePayload(known.ask) !== reservePayload(ask)) return refuse("IDEMPOTENCY_MISMATCH", details);
  if (known.state !== "open") return refuse("CONFLICT", { ...details, state: known.state });
  return { ok: true, max_output: known.max_output, price_version: known.price_version };
}

function estimateOf(call: LeasedCall): Attempt {
  const counts = estimatedCounts(call.checkpoint, call.ask.input_upper);
  return { attempt: 0, model: call.ask.model, counts, source: "estimated" };
}

function costOf(attempt: { counts: TokenCounts; price_version: string }): bigint {
  return costNano(attempt.counts, picoOf(attempt.price_version));
}
