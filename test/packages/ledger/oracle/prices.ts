import type { Price, Tier } from "#ledger/price-book";
import type { TokenCounts } from "#ledger/types";
import { most } from "./money.ts";

const CLASSES = ["input", "cache_read", "cache_write", "output", "reasoning"] as const;

const up = (pico: bigint) => (pico % 1000n === 0n ? pico / 1000n : pico / 1000n + 1n);

function tierOf(price: Price, input: number): Tier["pico"] {
  let found: Tier["pico"] = price.pico;
  for (const tier of price.pico.tiers ?? []) if (input > tier.above) found = tier.pico;
  return found;
}

/** In nano-USD. */
export function costOf(price: Price, tokens: TokenCounts): bigint {
  const pico = tierOf(price, tokens.input + tokens.cache_read + tokens.cache_write);
  let sum = 0n;
  for (const name of CLASSES) sum += BigInt(tokens[name]) * pico[name];
  return up(sum);
}

/** The dearest that input up to a length can be: as long as it may be, or just within one of the tiers before. */
export function worstOf(price: Price, inputUpper: number, output: number): bigint {
  const lengths = [inputUpper, ...(price.pico.tiers ?? []).map((tier) => tier.above)];
  let worst = 0n;
  for (const length of lengths) {
    if (length > inputUpper) continue;
    const pico = tierOf(price, length);
    const dearest = most(pico.input, most(pico.cache_read, pico.cache_write));
    worst = most(worst, up(BigInt(length) * dearest + BigInt(output) * most(pico.output, pico.reasoning)));
  }
  return worst;
}

/** The most output whose worst case fits, from `least` on, which is known to fit. */
export function affordable(
  price: Price,
  inputUpper: number,
  range: [least: number, most: number],
  free: bigint,
) {
  let [fits, tooMuch] = [range[0], range[1] + 1];
  while (tooMuch - fits > 1) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if (worstOf(price, inputUpper, middle) <= free) fits = middle;
    else tooMuch = middle;
  }
  return fits;
}
