import { isVerb, singular } from "./words.ts";

/** Long words that prompts are made of, and that no other common word is one letter away from. */
const KNOWN =
  "refund refunds refunded customer customers support appointment appointments reservation reservations booking bookings invoice invoices delivery deliveries membership memberships complaint complaints question questions expense expenses registration feedback assistant application restaurant inventory subscription donation donations volunteer volunteers schedule approval employee employees".split(
    " ",
  );
const KNOWN_WORDS = new Set([...KNOWN, "employer", "employers", "employed", "deliverers"]);
/** By first letter and length, so that each word is held against few others. */
const NEAR = new Map<string, string[]>();
for (const word of KNOWN)
  for (const length of [word.length - 1, word.length, word.length + 1]) {
    const key = `${word.charAt(0)}${length}`;
    NEAR.set(key, [...(NEAR.get(key) ?? []), word]);
  }
/** Misspelt so often that they are known by heart. */
const MISSPELT: Record<string, string> = {
  ordrs: "orders",
  oders: "orders",
  ordes: "orders",
  ordres: "orders",
  oreders: "orders",
  trak: "track",
  traks: "tracks",
  tarck: "track",
  tarcks: "tracks",
  trakc: "track",
  trackng: "tracking",
  traking: "tracking",
};

/** "refnds" → "refunds": words with one letter wrong, missing, too many or swapped are put right. */
export function putRight(text: string): string {
  return text.replace(/(?<![\p{L}\d'-])[a-z]{4,14}(?![\p{L}\d'-])/gu, (word) => {
    if (Object.hasOwn(MISSPELT, word)) return MISSPELT[word]!;
    if (word.length < 5 || KNOWN_WORDS.has(word) || KNOWN_WORDS.has(singular(word)) || isVerb(word))
      return word;
    return NEAR.get(`${word.charAt(0)}${word.length}`)?.find((known) => isOneOff(word, known)) ?? word;
  });
}

/** One letter changed, missing, added, or two neighbours swapped. */
export function isOneOff(a: string, b: string): boolean {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  if (left.length + right.length === 0) return false;
  if (left.length <= 1 && right.length <= 1) return true;
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0];
}
