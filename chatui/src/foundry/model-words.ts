import type { PublishedPrice } from "#protocol/api/prices";

/** What a model is to this app: priced here, paid by the owner elsewhere, or not to be had. */
export type KnownModels = ReadonlyMap<string, PublishedPrice>;

export function isOwn(model: string): boolean {
  return model.startsWith("own/");
}

/** Whether a chat can be answered by it, as far as this page can tell. */
export function canBeHad(model: string, known: KnownModels, providers: object): boolean {
  return isOwn(model) ? Object.hasOwn(providers, model.split("/")[1] ?? "") : known.has(model);
}

/** A model without its provider, for people: `own/house/small` → `small`. */
export function shortName(model: string): string {
  return model
    .split("/")
    .slice(isOwn(model) ? 2 : 1)
    .join("/");
}

/** What a million tokens cost, in and out. */
export function priceWords(model: string, known: KnownModels): string {
  if (isOwn(model)) return "You pay your provider; nothing is charged here.";
  const price = known.get(model);
  if (!price) return "There is no such model on this platform.";
  const { input, output } = price.usd_per_million;
  return `${dollars(input)} in, ${dollars(output)} out, per million tokens`;
}

/** Exact dollars as people write them: two decimals at least, none cut off. */
export function dollars(usd: string): string {
  const [whole = "0", part = ""] = usd.split(".");
  return `$${whole}.${part.padEnd(2, "0")}`;
}
