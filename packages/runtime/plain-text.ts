/**
 * What changes how text looks and can't be seen itself: control characters (but tab and line feed), marks that turn the
 * direction round, spaces without width. The joiners that Persian and emoji need stay.
 */
const UNSEEN = /(?![\t\n])[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

export function plainText(text: string): string {
  return text.replace(UNSEEN, "");
}

/** Every text in a value, so that a card shows what it says (T28). */
export function plain<T>(value: T): T {
  if (typeof value === "string") return plainText(value) as T;
  if (Array.isArray(value)) return value.map(plain) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, plain(of)])) as T;
}
