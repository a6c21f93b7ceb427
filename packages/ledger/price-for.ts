import { AppError } from "#base/app-error";
import type { PriceBook, VersionedPrice } from "./price-book.ts";
import { refuse } from "./refuse.ts";
import type { Refusal } from "./types.ts";

/**
 * A model's price at a moment. Refuses UNKNOWN_MODEL, and PRICES_INVALID where the operator's list can't be read: a
 * price is never guessed.
 */
export function priceFor(
  prices: PriceBook,
  model: string,
  atMs: number,
): { ok: true; price: VersionedPrice } | Refusal {
  try {
    const price = prices.priceOf(model, atMs);
    return price ? { ok: true, price } : refuse("UNKNOWN_MODEL", { model });
  } catch (error) {
    if (error instanceof AppError) return refuse(error.code);
    throw error;
  }
}
