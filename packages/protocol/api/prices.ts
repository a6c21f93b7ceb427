import * as z from "zod";
import { time } from "../ids.ts";
import { listOf, listQuery } from "./list.ts";

export const pricesQuery = listQuery.extend({
  /** `{provider}/{model}`, in full. */
  model: z.string().max(200).optional(),
  /** Only those in force now, of models whose provider is there: what an app of this platform can be told to use. */
  usable: z.enum(["true", "false"]).default("false"),
});

/** Each class of tokens at its own price; the classes never overlap. */
function eachClass<T extends z.ZodType>(of: T) {
  return z.object({ input: of, cache_read: of, cache_write: of, output: of, reasoning: of });
}

const figures = z.object({
  /** Pico-USD per token, exact: an integer as a decimal string. */
  pico: eachClass(z.string()),
  /** The same for a person: USD per million tokens. */
  usd_per_million: eachClass(z.string()),
});

export const price = figures.extend({
  model: z.string(),
  /** Holds from then until the model's next price; the beginning of 1970 for since ever. */
  valid_from: time,
  /** Prices of every token of a call whose input, cached or not, is longer; ascending. */
  tiers: z.array(figures.extend({ above_input_tokens: z.number().int() })),
  source: z.string(),
  /** The figures as usage rows keep them. */
  price_version: z.string(),
});
export type PublishedPrice = z.infer<typeof price>;

/** Ordered by model, then by time. */
export const prices = listOf(price);
