import { greater } from "./bigints.ts";
import type { Price } from "./price-book.ts";
import type { TokenCounts } from "./types.ts";

const PICO_PER_NANO = 1_000n;

/** Cost in nano-USD: Σ tokens × price, rounded up once. Counts are non-negative integers. */
export function costNano(counts: TokenCounts, pico: Price["pico"]): bigint {
  return ceilNano(
    BigInt(counts.input) * pico.input +
      BigInt(counts.cache_read) * pico.cache_read +
      BigInt(counts.cache_write) * pico.cache_write +
      BigInt(counts.output) * pico.output +
      BigInt(counts.reasoning) * pico.reasoning,
  );
}

/** The most a call can cost: all input at its dearest class, all output at its dearest. Nano-USD. */
export function worstCaseNano(inputUpper: number, maxOutput: number, pico: Price["pico"]): bigint {
  return ceilNano(BigInt(inputUpper) * dearestInput(pico) + BigInt(maxOutput) * dearestOutput(pico));
}

/** The most output tokens whose worst case still fits into `availableNano`; −1 when the input alone does not. */
export function affordableOutput(availableNano: bigint, inputUpper: number, pico: Price["pico"]): number {
  const left = availableNano * PICO_PER_NANO - BigInt(inputUpper) * dearestInput(pico);
  if (left < 0n) return -1;
  const price = dearestOutput(pico);
  if (price === 0n) return Number.MAX_SAFE_INTEGER;
  const tokens = left / price;
  return tokens > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(tokens);
}

function dearestInput(pico: Price["pico"]): bigint {
  return greater(pico.input, greater(pico.cache_read, pico.cache_write));
}

function dearestOutput(pico: Price["pico"]): bigint {
  return greater(pico.output, pico.reasoning);
}

function ceilNano(pico: bigint): bigint {
  return (pico + PICO_PER_NANO - 1n) / PICO_PER_NANO;
}
