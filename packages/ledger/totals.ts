import type { SqlRow } from "#base/sql";
import type { UsageTotals } from "#protocol/api/usage";
import { usd } from "#protocol/money";
import { amountOf } from "./amount-of.ts";

/** Sums over usage rows, before they are written as text. */
export type Sums = {
  input: number;
  cache_read: number;
  cache_write: number;
  output: number;
  reasoning: number;
  calls: number;
  cost_nano: bigint;
};

/** Columns of `rollups` and `chat_sums` that `sumsOf` reads. */
export const SUM_COLUMNS =
  "input, cache_read, cache_write, output, reasoning, calls, CAST(cost_nano AS TEXT) AS cost_nano";

export const SUM_NAMES = [
  "input",
  "cache_read",
  "cache_write",
  "output",
  "reasoning",
  "calls",
  "cost_nano",
] as const;

/** The same, summed over several rows. */
export const SUMMED_COLUMNS = `${SUM_NAMES.filter((name) => name !== "cost_nano")
  .map((name) => `SUM(${name}) AS ${name}`)
  .join(", ")}, CAST(SUM(cost_nano) AS TEXT) AS cost_nano`;

export function sumsOf(row: SqlRow): Sums {
  return {
    input: Number(row.input),
    cache_read: Number(row.cache_read),
    cache_write: Number(row.cache_write),
    output: Number(row.output),
    reasoning: Number(row.reasoning),
    calls: Number(row.calls),
    cost_nano: amountOf(row.cost_nano),
  };
}

export function addSums(sums: readonly Sums[]): Sums {
  const total: Sums = {
    input: 0,
    cache_read: 0,
    cache_write: 0,
    output: 0,
    reasoning: 0,
    calls: 0,
    cost_nano: 0n,
  };
  for (const part of sums) {
    total.input += part.input;
    total.cache_read += part.cache_read;
    total.cache_write += part.cache_write;
    total.output += part.output;
    total.reasoning += part.reasoning;
    total.calls += part.calls;
    total.cost_nano += part.cost_nano;
  }
  return total;
}

/** All of it was taken back. */
export function isNothing({ cost_nano, ...counts }: Sums): boolean {
  return cost_nano === 0n && Object.values(counts).every((count) => count === 0);
}

/** As the wire has it: cached is part of input, reasoning of output. */
export function totalsOf(sums: Sums): UsageTotals {
  const input = sums.input + sums.cache_read + sums.cache_write;
  const output = sums.output + sums.reasoning;
  return {
    input_tokens: input,
    cached_input_tokens: sums.cache_read,
    output_tokens: output,
    reasoning_tokens: sums.reasoning,
    total_tokens: input + output,
    calls: sums.calls,
    cost_nano: String(sums.cost_nano),
    cost_usd: usd(sums.cost_nano),
  };
}

export const UNUSED: UsageTotals = totalsOf(addSums([]));

export type KeyedTotals = UsageTotals & { key: string };

/** Totals by a key, dearest first. Lines where all was taken back are left out. */
export function breakdown<T extends { sums: Sums }>(
  parts: readonly T[],
  keyOf: (part: T) => string,
): KeyedTotals[] {
  const byKey = new Map<string, Sums[]>();
  for (const part of parts) {
    const key = keyOf(part);
    const list = byKey.get(key);
    if (list) list.push(part.sums);
    else byKey.set(key, [part.sums]);
  }
  return [...byKey]
    .map(([key, sums]) => ({ key, sums: addSums(sums) }))
    .filter(({ sums }) => sums.calls !== 0 || sums.cost_nano !== 0n)
    .sort((a, b) => compare(b.sums.cost_nano, a.sums.cost_nano) || compare(a.key, b.key))
    .map(({ key, sums }) => ({ key, ...totalsOf(sums) }));
}

function compare<T extends bigint | string>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
