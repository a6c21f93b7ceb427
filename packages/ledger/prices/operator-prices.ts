import * as z from "zod";
import { type Price, priceBook } from "../price-book.ts";
import { picoFromUsd } from "./pico-from-usd.ts";

const usd = z.union([z.string(), z.number()]).transform((value, ctx) => {
  try {
    return picoFromUsd(value);
  } catch (error) {
    ctx.addIssue({ code: "custom", message: (error as RangeError).message });
    return z.NEVER;
  }
});

/** One price of the operator's own, in USD per million tokens. A class that is left out costs what its side does. */
const operatorPrice = z.strictObject({
  /** `{provider}/{model}`. */
  model: z
    .string()
    .max(150)
    .regex(/^[^\s/]+\/\S+$/, "must look like provider/model"),
  input: usd,
  output: usd,
  cache_read: usd.optional(),
  cache_write: usd.optional(),
  reasoning: usd.optional(),
  /** A day (from 0:00 UTC) or an ISO time; absent: since ever. */
  valid_from: z.union([z.iso.date(), z.iso.datetime({ offset: true })]).optional(),
});

/**
 * The operator's prices, of PRICES: a JSON array.
 * @returns why they are not valid, by field and without its value, or the prices
 */
export function operatorPrices(
  text: string,
): { ok: true; prices: Price[] } | { ok: false; issues: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, issues: ["it is not JSON"] };
  }
  const parsed = z.array(operatorPrice).max(1_000).safeParse(json);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 5);
    return { ok: false, issues: issues.map((it) => `${it.path.join(".") || "it"}: ${it.message}`) };
  }
  const prices = parsed.data.map(({ model, input, output, valid_from, ...apart }) => ({
    model,
    valid_from: valid_from === undefined ? 0 : Date.parse(valid_from),
    pico: {
      input,
      cache_read: apart.cache_read ?? input,
      cache_write: apart.cache_write ?? input,
      output,
      reasoning: apart.reasoning ?? output,
    },
    source: "operator",
  }));
  try {
    priceBook(prices);
  } catch (error) {
    return { ok: false, issues: [(error as RangeError).message] };
  }
  return { ok: true, prices };
}
