import { type Outcome, simulate } from "./simulate.ts";

/** Runs seed after seed, as long as it may go on. @returns figures over all of them. @throws with the seed in its message. */
export async function simulateMany(first: number, seeds: number, mayGoOn: () => boolean = () => true) {
  const outcomes: Outcome[] = [];
  for (let seed = first; seed < first + seeds && mayGoOn(); seed++) {
    try {
      outcomes.push(await simulate(seed));
    } catch (cause) {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
  const sum = (of: (outcome: Outcome) => number) => outcomes.reduce((total, it) => total + of(it), 0);
  const calm = outcomes.filter((it) => it.isCalm && it.cost > 0);
  return {
    seeds: outcomes.length,
    events: sum((it) => it.events),
    calls: sum((it) => it.calls),
    refused: sum((it) => it.refused),
    lost_chats: sum((it) => it.lost),
    /** Of the calls admitted. */
    without_a_word_of_the_ledger: ratio(
      sum((it) => it.atOnce),
      sum((it) => it.admitted),
    ),
    /** In calm worlds: money held over time by what calls under way, or not yet told, could cost over time. */
    held_by_needed_median: median(calm.map((it) => ratio(it.held, it.needed))),
    /** Seconds for which a nano-USD that was spent had been held. */
    held_seconds_by_spent_median: median(calm.map((it) => ratio(it.held / 1_000, it.cost))),
  };
}

function ratio(a: number, b: number): number {
  return Math.round((a / b) * 100) / 100;
}

function median(list: number[]): number | undefined {
  return list.sort((a, b) => a - b)[list.length >> 1];
}
