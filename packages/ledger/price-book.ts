import { LEDGER_LIMITS } from "./limits.ts";
import type { TokenCounts } from "./types.ts";

/** What one model costs from a moment on. `pico` is pico-USD per token (= $ per million tokens × 10⁶). */
export type Price = {
  /** `{provider}/{model}`. */
  model: string;
  /** Milliseconds since the epoch. */
  valid_from: number;
  pico: Record<keyof TokenCounts, bigint>;
  /** Where the figures come from, for a person to check. */
  source: string;
};

/** A price with its version. The version spells the figures out, so an edited price can't reuse an old one. */
export type VersionedPrice = Price & { price_version: string };

export type PriceBook = {
  /** The model's price in force at `atMs`; null when there is none. A default would be a lie. */
  priceOf(model: string, atMs: number): VersionedPrice | null;
};

const CLASSES = ["input", "cache_read", "cache_write", "output", "reasoning"] as const;

/** The embedded offline model: priced like a small hosted one, so every bill has figures. */
export const OFFLINE_PRICE: Price = {
  model: "offline/mozaiks-1",
  valid_from: 0,
  pico: {
    input: 100_000n,
    cache_read: 25_000n,
    cache_write: 100_000n,
    output: 400_000n,
    reasoning: 400_000n,
  },
  source: "Mozaiks",
};

/** @throws RangeError for a negative or absurd price, or two prices of one model from the same moment. */
export function priceBook(prices: readonly Price[]): PriceBook {
  const byModel = new Map<string, VersionedPrice[]>();
  for (const price of prices) {
    const versions = byModel.get(price.model) ?? [];
    if (versions.some((other) => other.valid_from === price.valid_from)) {
      throw new RangeError(`${price.model} has two prices from ${price.valid_from}`);
    }
    versions.push({ ...price, price_version: versionOf(price) });
    versions.sort((a, b) => b.valid_from - a.valid_from);
    byModel.set(price.model, versions);
  }
  return {
    priceOf: (model, atMs) => byModel.get(model)?.find((price) => price.valid_from <= atMs) ?? null,
  };
}

function versionOf(price: Price): string {
  for (const name of CLASSES) {
    const pico = price.pico[name];
    if (typeof pico !== "bigint" || pico < 0n || pico > LEDGER_LIMITS.maxPricePico) {
      throw new RangeError(`${price.model}: ${name} can't cost ${pico} pico-USD a token`);
    }
  }
  return CLASSES.map((name) => price.pico[name]).join("/");
}

/** The figures a version spells out: all that is needed to recompute a usage row. @throws on a foreign text. */
export function picoOf(priceVersion: string): Price["pico"] {
  const [input, cache_read, cache_write, output, reasoning, ...rest] = priceVersion.split("/").map(BigInt);
  if (reasoning === undefined || rest.length > 0) throw new RangeError(`no price version: ${priceVersion}`);
  return { input: input!, cache_read: cache_read!, cache_write: cache_write!, output: output!, reasoning };
}
