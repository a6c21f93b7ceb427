const SMALL: Record<string, number> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  couple: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  dozen: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  hundred: 100,
};

/** Regular expression source of the number words, longest first; "a" only where a unit follows. */
export const NUMBER_WORD = `(?:a couple of|${Object.keys(SMALL)
  .sort((a, b) => b.length - a.length)
  .join("|")})`;

/** The value of digits or of a number word, or null. */
export function numberOf(word: string): number | null {
  const lower = word.toLowerCase().trim();
  if (/^\d{1,15}$/.test(lower)) return Number(lower);
  if (lower === "a couple of") return 2;
  return Object.hasOwn(SMALL, lower) ? (SMALL[lower] ?? null) : null;
}
