import { expect, test } from "vitest";
import type { TokenCounts } from "#ledger/types";
import type { Reading } from "#models/usage/reading";

/** A usage object as a provider sends it, and what it is worth. */
export type Golden = {
  name: string;
  /** Where it is documented or was reported; what we made up is marked as ours. */
  from: string;
  raw: unknown;
  /** Input, cache read, cache write, output, reasoning. */
  pools: [number, number, number, number, number];
  /** 0 unless given. */
  drift?: number;
};

export function countsOf({
  pools: [input, cache_read, cache_write, output, reasoning],
}: Golden): TokenCounts {
  return { input, cache_read, cache_write, output, reasoning };
}

/** One test a golden. */
export function testGoldens(goldens: readonly Golden[], read: (raw: unknown) => Reading | null): void {
  test.each(goldens)("$name ($from)", (golden) => {
    expect(read(golden.raw)).toEqual({ counts: countsOf(golden), drift: golden.drift ?? 0 });
  });
}
