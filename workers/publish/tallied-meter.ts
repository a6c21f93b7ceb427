import type { TokenCounts } from "#ledger/types";
import type { Meter } from "#runtime/meter";

/** Counts what goes through a meter. */
export function talliedMeter(): { over: (meter: Meter) => Meter; used: () => TokenCounts } {
  const used: TokenCounts = { input: 0, cache_read: 0, cache_write: 0, output: 0, reasoning: 0 };
  return {
    used: () => used,
    over: (meter) => ({
      ...meter,
      async settle(call, attempts) {
        const settled = await meter.settle(call, attempts);
        if (!settled.ok) return settled;
        for (const { counts } of settled.rows)
          for (const name of Object.keys(used) as (keyof TokenCounts)[]) used[name] += counts[name];
        return settled;
      },
    }),
  };
}
