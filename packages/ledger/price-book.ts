import { LEDGER_LIMITS } from "./limits.ts";
import type { TokenCounts } from "./types.ts";

/** Pico-USD per token of each class (= $ per million tokens × 10⁶). */
export type ClassPrices = Record<keyof TokenCounts, bigint>;

/** What a call costs, every token of it, when its input is longer than `above` tokens. */
export type Tier = { above: number; pico: ClassPrices };

/** The prices of a call; where its length matters, of a short one, and the tiers of longer ones, ascending. */
export type Figures = ClassPrices & { tiers?: readonly Tier[] };

/** What one model costs from a moment on. */
export type Price = {
  /** `{provider}/{model}`. */
  model: string;
  /** Milliseconds since the epoch. */
  valid_from: number;
  pico: Figures;
  /** Where the figures come from, for a person to check. */
  source: string;
};

/** A price with its version. The version spells the figures out, so an edited price can't reuse an old one. */
export type VersionedPrice = Price & { price_version: string };

/** Where the operator's own prices are not valid, there is no book: both throw PRICES_INVALID. */
export type PriceBook = {
  /** The model's price in force at `atMs`; null when there is none. A default would be a lie. */
  priceOf(model: string, atMs: number): VersionedPrice | null;
  /** Every price, past and to come, ordered by model and then by time. */
  all(): readonly VersionedPrice[];
};

export const CLASSES = ["input", "cache_read", "cache_write", "output", "reasoning"] as const;

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

/** Stands for every model of an owner's own providers that has no price of its own. */
const OWN_MODELS = "own/*";

/**
 * Models that an app's owner pays for by themself: their tokens are counted, and cost nothing here. An operator who
 * wants a fee for them gives `own/*` a price.
 */
export const OWN_PRICE: Price = {
  model: OWN_MODELS,
  valid_from: 0,
  pico: { input: 0n, cache_read: 0n, cache_write: 0n, output: 0n, reasoning: 0n },
  source: "paid by the app's owner",
};

/** @throws RangeError for a negative or absurd price, or two prices of one model from the same moment. */
export function priceBook(prices: readonly Price[]): PriceBook {
  const byModel = new Map<string, VersionedPrice[]>();
  for (const price of prices) {
    if (!Number.isSafeInteger(price.valid_from)) {
      throw new RangeError(`${price.model} has a price from no moment: ${price.valid_from}`);
    }
    const versions = byModel.get(price.model) ?? [];
    if (versions.some((other) => other.valid_from === price.valid_from)) {
      throw new RangeError(`${price.model} has two prices from ${price.valid_from}`);
    }
    versions.push({ ...price, price_version: versionOf(price) });
    versions.sort((a, b) => a.valid_from - b.valid_from);
    byModel.set(price.model, versions);
  }
  return {
    priceOf: (model, atMs) => {
      const versions = byModel.get(model) ?? (model.startsWith("own/") ? byModel.get(OWN_MODELS) : undefined);
      return versions?.findLast((price) => price.valid_from <= atMs) ?? null;
    },
    all: () => [...byModel.keys()].sort().flatMap((model) => byModel.get(model)!),
  };
}

/**
 * The price's figures as text, pico-USD a token: `{input}/{cache_read}/{cache_write}/{output}/{reasoning}`, then
 * for each tier `>{above}:` and the same five. Usage rows keep it, so the form of old ones never changes.
 * @throws RangeError for a negative or absurd figure
 */
export function versionOf({ model, pico }: Pick<Price, "model" | "pico">): string {
  let text = spell(model, pico);
  let below = -1;
  for (const { above, pico: longer } of pico.tiers ?? []) {
    if (!Number.isSafeInteger(above) || above <= below) {
      throw new RangeError(`${model}: no tier can follow ${below} tokens at ${above}`);
    }
    text += `>${above}:${spell(model, longer)}`;
    below = above;
  }
  return text;
}

/** The figures a version spells out: all that is needed to recompute a usage row. @throws on a foreign text. */
export function picoOf(priceVersion: string): Readonly<Figures> {
  const known = figuresOf.get(priceVersion);
  if (known) return known;
  const [base = "", ...tiers] = priceVersion.split(">");
  const pico: Figures = read(base, priceVersion);
  if (tiers.length > 0) pico.tiers = tiers.map((tier) => readTier(tier, priceVersion));
  if (figuresOf.size >= MAX_KNOWN) figuresOf.clear();
  figuresOf.set(priceVersion, pico);
  return pico;
}

/** Few prices are in use at a time, and each is read several times a call. */
const figuresOf = new Map<string, Figures>();
const MAX_KNOWN = 1_000;

function spell(model: string, pico: ClassPrices): string {
  return CLASSES.map((name) => {
    const figure = pico[name];
    if (typeof figure !== "bigint" || figure < 0n || figure > LEDGER_LIMITS.maxPricePico) {
      throw new RangeError(`${model}: ${name} can't cost ${figure} pico-USD a token`);
    }
    return figure;
  }).join("/");
}

const FIGURES = /^(\d+)\/(\d+)\/(\d+)\/(\d+)\/(\d+)$/;

function read(text: string, version: string): ClassPrices {
  const [input, cache_read, cache_write, output, reasoning] =
    FIGURES.exec(text)?.slice(1).map(BigInt) ?? foreign(version);
  return {
    input: input!,
    cache_read: cache_read!,
    cache_write: cache_write!,
    output: output!,
    reasoning: reasoning!,
  };
}

function readTier(text: string, version: string): Tier {
  const [, above, figures] = /^(\d+):(.+)$/.exec(text) ?? foreign(version);
  return { above: Number(above), pico: read(figures!, version) };
}

function foreign(version: string): never {
  throw new RangeError(`no price version: ${version}`);
}
