import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type ConditionalPrice,
  calcPrice,
  findProvider,
  type MatchLogic,
  type ModelInfo,
  type ModelPrice,
} from "@pydantic/genai-prices";
import { greater } from "#ledger/bigints";
import { CLASSES, type ClassPrices, type Figures, versionOf } from "#ledger/price-book";
import { picoFromUsd } from "#ledger/prices/pico-from-usd";
import { CHECKOUT } from "../launch/checkout.mjs";

const PACKAGE = "@pydantic/genai-prices";

/** Our provider's name → the package's. Providers that an AI SDK exists for; routers and resellers are left out. */
const PROVIDERS = {
  anthropic: "anthropic",
  cohere: "cohere",
  deepseek: "deepseek",
  fireworks: "fireworks",
  google: "google",
  groq: "groq",
  mistral: "mistral",
  openai: "openai",
  together: "together",
  "workers-ai": "cloudflare",
  xai: "x-ai",
};

/** What is no chat, or costs more than its tokens: a search model also bills each search. */
const OTHER_KINDS =
  /embed|bge-|rerank|distilbert|indictrans|m2m100|guard|moderation|ocr|tts|transcribe|whisper|audio|voice|realtime|image|video|omni|live|search-preview|deep-research/i;
/** Claude is sold by Google under Vertex only, which is another provider. */
const ELSEWHERE = /^google\/.*claude/;
/** Beginnings of names, for fine-tuned models. */
const UNFINISHED = /^ft:|\.ft-|-$/;

export type PriceData = { source: string; models: Record<string, string> };

/** The package's text models with a price per token, each under every name that the package spells out in full. */
export function pricesFromPackage(): PriceData {
  const models: [string, string][] = [];
  for (const [ours, theirs] of Object.entries(PROVIDERS)) {
    const provider = findProvider({ providerId: theirs });
    if (provider?.id !== theirs) throw new Error(`${PACKAGE} has no provider ${theirs}`);
    for (const model of provider.models) {
      const versions = versionsOf(model);
      if (versions === null) continue;
      for (const name of namesOf(model, theirs)) {
        const full = `${ours}/${name}`;
        if (!OTHER_KINDS.test(full) && !ELSEWHERE.test(full)) models.push([full, versions]);
      }
    }
  }
  models.sort(([a], [b]) => (a < b ? -1 : 1));
  const { version } = JSON.parse(
    readFileSync(join(CHECKOUT, "node_modules", PACKAGE, "package.json"), "utf8"),
  ) as { version: string };
  return { source: `${PACKAGE} ${version}`, models: Object.fromEntries(models) };
}

/** One model a line, so that a change of price is a line in a diff. */
export function printPriceData(data: PriceData): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** Names that the package resolves to this very model. A pattern is no name: what it may match is not known. */
function namesOf(model: ModelInfo, providerId: string): string[] {
  const names = [model.id, ...literalsOf(model.match)].filter(
    (name) =>
      !UNFINISHED.test(name) &&
      !/\s/.test(name) &&
      calcPrice({}, name, { providerId })?.model.id === model.id,
  );
  return [...new Set(names)];
}

function literalsOf(match: MatchLogic): string[] {
  if ("equals" in match) return [match.equals];
  return "or" in match ? match.or.flatMap(literalsOf) : [];
}

/** The model's versions in the data file's form, or null for one without a price of input and output tokens. */
function versionsOf(model: ModelInfo): string | null {
  const listed: ConditionalPrice[] = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  const days = listed.flatMap(({ constraint: it }) => (it?.type === "start_date" ? [it.start_date] : []));
  const versions: string[] = [];
  for (const day of ["", ...days.sort()]) {
    const figures = figuresOn(day, listed);
    if (figures === null) return null;
    const version = versionOf({ model: model.id, pico: figures });
    if (versions.at(-1)?.split(" ").at(-1) !== version)
      versions.push(day === "" ? version : `${day} ${version}`);
  }
  return versions.join(" | ");
}

/** What holds on a day: the last that has begun, and where prices change by the hour, the dearest of the hours. */
function figuresOn(day: string, listed: ConditionalPrice[]): Figures | null {
  const begun = listed.findLastIndex(
    ({ constraint: it }) => it === undefined || (it.type === "start_date" && it.start_date <= day),
  );
  const hours = listed.slice(begun + 1).filter(({ constraint: it }) => it?.type === "time_of_date");
  const candidates = [listed[Math.max(begun, 0)]!, ...hours].map(({ prices }) => figuresOf(prices));
  return candidates.reduce((a, b) => (a && b ? dearest(a, b) : null));
}

function figuresOf(prices: ModelPrice): Figures | null {
  const starts = new Set(
    KEYS.flatMap((key) => {
      const price = prices[key];
      return typeof price === "object" ? price.tiers.map((tier) => tier.start) : [];
    }),
  );
  const base = classesAt(prices, 0);
  const tiers = [...starts]
    .sort((a, b) => a - b)
    .map((above) => ({ above, pico: classesAt(prices, above + 1) }));
  if (base === null || tiers.some(({ pico }) => pico === null)) return null;
  return tiers.length > 0 ? { ...base, tiers: tiers as NonNullable<Figures["tiers"]> } : base;
}

const KEYS = ["input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok", "output_reasoning_mtok"];

/**
 * Prices of a call with that much input. What is not priced apart costs what its side does. A zero in somebody
 * else's table is taken for a gap: nothing is free by omission. A cache write is one of the provider's usual
 * length: Anthropic's of an hour costs more, and nothing of ours asks for one.
 */
function classesAt(prices: ModelPrice, inputTokens: number): ClassPrices | null {
  const [input, cache_read, cache_write, output, reasoning] = KEYS.map((key) => {
    const price = prices[key];
    const usd =
      typeof price === "object"
        ? (price.tiers.toSorted((a, b) => a.start - b.start).findLast((tier) => inputTokens > tier.start)
            ?.price ?? price.base)
        : price;
    return usd === undefined || usd === 0 ? undefined : picoFromUsd(usd);
  });
  if (input === undefined || output === undefined) return null;
  return {
    input,
    cache_read: cache_read ?? input,
    cache_write: cache_write ?? input,
    output,
    reasoning: reasoning ?? output,
  };
}

function dearest(a: Figures, b: Figures): Figures {
  if (a.tiers || b.tiers) throw new Error("prices by the hour and by length at once are not understood");
  return Object.fromEntries(CLASSES.map((name) => [name, greater(a[name], b[name])])) as ClassPrices;
}
