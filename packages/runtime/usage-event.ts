import type { SettleAnswer, TokenCounts } from "#ledger/types";
import type { RunEvent, UsageLine } from "./events.ts";
import type { SoFar } from "./meter.ts";
import type { Shown } from "./run-state.ts";

type Usage = Extract<RunEvent, { type: "usage" }>;

/** What a call under way has used since it was last told: an increment, like every one. */
export function usageSoFar(agent: string, model: string, now: SoFar, shown: Shown | undefined): Usage {
  const whole: UsageLine = { model, counts: now.counts, cost_nano: now.cost_nano, source: "checkpoint" };
  const { chat_cost_nano, balance_nano } = now;
  return { type: "usage", agent, lines: [minus(whole, shown)], chat_cost_nano, balance_nano };
}

/** What a call used in the end, without what was told of it before; so it may be a correction downwards. */
export function usageInTheEnd(
  agent: string,
  settled: SettleAnswer & { ok: true },
  shown: Shown | undefined,
): Usage {
  const [first, ...rest] = settled.rows;
  const { chat_cost_nano, balance_nano } = settled;
  const lines = first ? [minus(first, shown), ...rest] : [];
  return { type: "usage", agent, lines, chat_cost_nano, balance_nano };
}

function minus(line: UsageLine, shown: Shown | undefined): UsageLine {
  if (!shown) return line;
  const less = (name: keyof TokenCounts) => line.counts[name] - shown.counts[name];
  return {
    ...line,
    cost_nano: line.cost_nano - BigInt(shown.cost_nano),
    counts: {
      input: less("input"),
      cache_read: less("cache_read"),
      cache_write: less("cache_write"),
      output: less("output"),
      reasoning: less("reasoning"),
    },
  };
}
