import { greater } from "./bigints.ts";
import type { ClassPrices, Figures } from "./price-book.ts";
import type { TokenCounts } from "./types.ts";

const PICO_PER_NANO = 1_000n;

/**
 * Cost in nano-USD: Σ tokens × price, rounded up once. Counts are non-negative integers. All input of the call,
 * cached or not, chooses the tier, and the tier prices every token of the call.
 */
export function costNano(counts: TokenCounts, figures: Figures): bigint {
  const input = counts.input + counts.cache_read + counts.cache_write;
  const pico = figures.tiers?.findLast((tier) => input > tier.above)?.pico ?? figures;
  return ceilNano(
    BigInt(counts.input) * pico.input +
      BigInt(counts.cache_read) * pico.cache_read +
      BigInt(counts.cache_write) * pico.cache_write +
      BigInt(counts.output) * pico.output +
      BigInt(counts.reasoning) * pico.reasoning,
  );
}

/** The most a call can cost, in nano-USD: all input at its dearest class, all output at its dearest, in the dearest
 * of the tiers that the input may reach. */
export function worstCaseNano(inputUpper: number, maxOutput: number, figures: Figures): bigint {
  return within(inputUpper, figures)
    .map(({ input, output }) => ceilNano(input + BigInt(maxOutput) * output))
    .reduce(greater);
}

/** The most output tokens whose worst case still fits into `availableNano`; −1 when the input alone does not. */
export function affordableOutput(availableNano: bigint, inputUpper: number, figures: Figures): number {
  const available = availableNano * PICO_PER_NANO;
  return Math.min(
    ...within(inputUpper, figures).map(({ input, output }) => {
      const left = available - input;
      if (left < 0n) return -1;
      if (output === 0n) return Number.MAX_SAFE_INTEGER;
      const tokens = left / output;
      return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
    }),
  );
}

/** Of each tier that input of up to `inputUpper` may fall into: the dearest input, and the dearest output token. */
function within(inputUpper: number, figures: Figures): { input: bigint; output: bigint }[] {
  const reached = (figures.tiers ?? []).filter((tier) => tier.above < inputUpper);
  return [{ pico: figures as ClassPrices }, ...reached].map(({ pico }, n) => ({
    input: BigInt(reached[n]?.above ?? inputUpper) * dearestInput(pico),
    output: greater(pico.output, pico.reasoning),
  }));
}

function dearestInput(pico: ClassPrices): bigint {
  return greater(pico.input, greater(pico.cache_read, pico.cache_write));
}

function ceilNano(pico: bigint): bigint {
  return (pico + PICO_PER_NANO - 1n) / PICO_PER_NANO;
}
