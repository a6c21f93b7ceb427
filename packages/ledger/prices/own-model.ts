import { type VersionedPrice, versionOf } from "../price-book.ts";

/** Whether a model is of a provider that the app's owner brings and pays: `own-…/…`. */
export function isOwnModel(model: string): boolean {
  return model.startsWith("own-");
}

/** Its tokens are counted like any other's, and cost nothing here. */
export function ownPrice(model: string): VersionedPrice {
  const pico = { input: 0n, cache_read: 0n, cache_write: 0n, output: 0n, reasoning: 0n };
  const price = { model, valid_from: 0, pico, source: "paid by the app's owner directly" };
  return { ...price, price_version: versionOf(price) };
}
