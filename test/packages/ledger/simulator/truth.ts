import { withoutRepeats } from "#ledger/attempts";
import { costNano } from "#ledger/cost";
import { estimatedCounts, NO_TOKENS } from "#ledger/counts";
import type { PriceBook } from "#ledger/price-book";
import type { Attempt, ReserveAsk, TokenCounts } from "#ledger/types";

/** What one provider call truly was, whatever any database says. */
export type TrueCall = {
  ask: ReserveAsk;
  startedAt: number;
  /** `asked`: its chat has not heard whether it is admitted; it may have died over the answer. */
  state: "asked" | "refused" | "reached" | "void";
  checkpoints: TokenCounts[];
  /** What a charge of it may come to: one for each way in which its chat has said that it ended. */
  costs: bigint[];
  /** The one that the chat heard was written down. */
  settled: bigint | null;
};

export type Truth = ReturnType<typeof makeTruth>;

/** The simplest possible account of all calls: a map, no database, nothing shared with the code under test. */
export function makeTruth(prices: PriceBook, now: () => number) {
  const calls = new Map<string, TrueCall>();
  const figures = (model: string) => prices.priceOf(model, now())!.pico;

  function costOf(call: TrueCall, attempts: Attempt[]): bigint[] {
    if (attempts.length > 0) {
      return [
        withoutRepeats(attempts)!.reduce((sum, it) => sum + costNano(it.counts, figures(it.model)), 0n),
      ];
    }
    // Of unknown end: by whichever checkpoint got through last.
    return [NO_TOKENS, ...call.checkpoints].map((counts) =>
      costNano(estimatedCounts(counts, call.ask.input_upper), figures(call.ask.model)),
    );
  }

  return {
    calls,
    asked(ask: ReserveAsk): void {
      calls.set(ask.call_id, {
        ask,
        startedAt: now(),
        state: "asked",
        checkpoints: [],
        costs: [],
        settled: null,
      });
    },
    refused: (callId: string) => {
      calls.get(callId)!.state = "refused";
    },
    reached: (callId: string) => {
      Object.assign(calls.get(callId)!, { state: "reached", startedAt: now() });
    },
    voided: (callId: string) => {
      calls.get(callId)!.state = "void";
    },
    checkpoint: (callId: string, counts: TokenCounts) => calls.get(callId)!.checkpoints.push(counts),
    /** Before the chat writes it down. */
    ending(callId: string, attempts: Attempt[]): void {
      const call = calls.get(callId)!;
      call.costs.push(...costOf(call, attempts));
    },
    /** The chat has heard that it is written down. */
    settled(callId: string, attempts: Attempt[], cost: bigint): void {
      const call = calls.get(callId)!;
      if (!costOf(call, attempts).includes(cost)) throw new Error(`${callId} was settled at ${cost}`);
      call.settled ??= cost;
      if (call.settled !== cost) throw new Error(`${callId} was settled at ${call.settled}, then at ${cost}`);
    },
  };
}
