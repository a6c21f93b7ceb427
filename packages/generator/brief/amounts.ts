import type { SaidAmount } from "./said-rule.ts";
import { singular } from "./words.ts";

const WORDS: Record<string, number> = {
  one: 1,
  a: 1,
  an: 1,
  two: 2,
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
  fifteen: 15,
  twenty: 20,
  thirty: 30,
  fifty: 50,
  hundred: 100,
  thousand: 1_000,
};
/** As part of a pattern: digits with or without commas and decimals, `2k`, or a word. */
export const NUMBER =
  "(?:\\d{1,3}(?:,\\d{3})+(?:\\.\\d{1,2})?|\\d{1,9}(?:\\.\\d{1,2})?k?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|fifty|a hundred|one hundred|a thousand|one thousand|a dozen)";
const SIGN = "[$€£]";
const CURRENCY = "(?:dollars?|usd|euros?|eur|pounds?|gbp|bucks|[$€£])";
/** An amount and what it counts: `$50`, `100 euros`, `10 items`, `5 working days`. */
const QUANTITY = `(?:(${SIGN})\\s?)?(${NUMBER})(?:\\s?(${CURRENCY})(?![a-z]))?`;

const BEFORE: readonly [string, SaidAmount["op"]][] = [
  ["(?:no|not) (?:more|longer|larger|bigger|higher|greater) than", "<="],
  ["(?:no|not) (?:less|fewer|shorter|smaller|lower) than", ">="],
  [
    "(?:over|above|beyond|exceeding|exceeds?|in excess of|(?:more|greater|larger|bigger|higher|longer) than)",
    ">",
  ],
  ["(?:under|below|(?:less|fewer|smaller|lower|cheaper|shorter) than)", "<"],
  ["(?:at least|starting (?:at|from)|a minimum of|minimum of|minimum|min\\.?)", ">="],
  ["(?:up to|at most|a maximum of|maximum of|maximum|max\\.?(?: of)?|a limit of|limited to|capped at)", "<="],
];
const AFTER: readonly [string, SaidAmount["op"]][] = [
  ["(?:or|and) (?:more|above|over|up|higher|longer)|at least|at minimum|minimum|min\\b", ">="],
  ["or (?:less|fewer|lower|under|below|shorter)|at most|at maximum|maximum|max\\b|tops", "<="],
];
const BEFORE_ALL = new RegExp(
  `\\b(${BEFORE.map(([words]) => words).join("|")})\\s+${QUANTITY}(?:[\\s-]+([a-z]+)(?:\\s+([a-z]+))?)?`,
  "i",
);
const AFTER_ALL = new RegExp(
  `${QUANTITY}(?:[\\s-]+([a-z]+)(?:\\s+([a-z]+))?)?\\s+(${AFTER.map(([words]) => words).join("|")})`,
  "i",
);
const BETWEEN = new RegExp(`\\bbetween\\s+${QUANTITY}\\s+and\\s+${QUANTITY}(?:\\s+([a-z]+))?`, "i");
const SPAN = new RegExp(
  `\\b(?:from\\s+|of\\s+|for\\s+)?${QUANTITY}\\s*(?:to|-|–)\\s*${QUANTITY}\\s+([a-z]+)`,
  "i",
);
/** Words that end what is counted: "10 items need …". */
const NO_NOUN = new Set(
  "need needs require requires must should have has are is be get gets can to of in per each and or for without it only a the will wait waits go by at on from with before after when until as if than more less maximum minimum max min".split(
    " ",
  ),
);

export function numberFrom(text: string): number {
  const word = text.toLowerCase().replace(/^(a|one) (?=\w)/, "");
  if (WORDS[word] !== undefined && Object.hasOwn(WORDS, word)) return WORDS[word];
  const digits = word.replaceAll(",", "");
  return digits.endsWith("k") ? Number(digits.slice(0, -1)) * 1_000 : Number(digits);
}

/** The comparisons of a stretch: none, one, or two for "between 2 and 8 people". `at`: where the words stand. */
export function findAmounts(text: string): { amounts: SaidAmount[]; at: [number, number] } | null {
  const between = BETWEEN.exec(text);
  if (between) {
    const [, sign, low, unit, sign2, high, unit2, noun] = between;
    const of = (value: string, op: SaidAmount["op"]) =>
      amount(op, value, sign ?? sign2, unit ?? unit2, [noun]);
    return { amounts: [of(low!, ">="), of(high!, "<=")], at: spanOf(between) };
  }
  const span = SPAN.exec(text);
  if (span) {
    const [, sign, low, unit, sign2, high, unit2, noun] = span;
    const of = (value: string, op: SaidAmount["op"]) =>
      amount(op, value, sign ?? sign2, unit ?? unit2, [noun]);
    return { amounts: [of(low!, ">="), of(high!, "<=")], at: spanOf(span) };
  }
  const before = BEFORE_ALL.exec(text);
  if (before) {
    const [, words, sign, value, unit, noun, second] = before;
    const op = BEFORE.find(([pattern]) => new RegExp(`^(?:${pattern})$`, "i").test(words!))![1];
    const nouns = nounsOf([noun, second]);
    const length = nouns.reduce(
      (end, word) => before[0].toLowerCase().indexOf(word, end) + word.length,
      nounStart(before[0], noun, second),
    );
    const after = new RegExp(`^\\s*(${AFTER[0]![0]})`, "i").exec(text.slice(before.index + length));
    return {
      amounts: [amount(op, value!, sign, unit, [noun, second])],
      at: [before.index, before.index + length + (after?.[0].length ?? 0)],
    };
  }
  const after = AFTER_ALL.exec(text);
  if (!after) return null;
  const [, sign, value, unit, noun, second, words] = after;
  const op = AFTER.find(([pattern]) => new RegExp(`^(?:${pattern})$`, "i").test(words!))![1];
  return { amounts: [amount(op, value!, sign, unit, [noun, second])], at: spanOf(after) };
}

/** The words behind a number that say what is counted. */
function nounsOf(nouns: readonly (string | undefined)[]): string[] {
  const end = nouns.findIndex((word) => !word || NO_NOUN.has(word.toLowerCase()));
  return nouns.slice(0, end < 0 ? nouns.length : end).map((it) => it!.toLowerCase());
}

/** Where those words begin in what matched. */
function nounStart(matched: string, noun: string | undefined, second: string | undefined): number {
  if (!noun) return matched.length;
  return matched.lastIndexOf(noun, second ? matched.lastIndexOf(second) - 1 : matched.length);
}

function spanOf(match: RegExpExecArray): [number, number] {
  return [match.index, match.index + match[0].length];
}

function amount(
  op: SaidAmount["op"],
  value: string,
  sign: string | undefined,
  unit: string | undefined,
  nouns: (string | undefined)[],
): SaidAmount {
  const words = nounsOf(nouns);
  const time = words.map((it) => singular(it)).find((it) => it === "day" || it === "hour" || it === "week");
  const number = numberFrom(value);
  if (sign || unit) return { op, value: number, unit: "money", noun: "" };
  if (time === "week") return { op, value: number * 7, unit: "days", noun: "day" };
  if (time) return { op, value: number, unit: time === "day" ? "days" : "hours", noun: time };
  return { op, value: number, unit: "things", noun: singular(words[0] ?? "") };
}

/** `EUR` for "€100" or "100 euros". */
export function currencyIn(text: string): string | null {
  if (/€\s?\d|\d\s?(?:€|eur\b|euros?\b)/i.test(text)) return "EUR";
  if (/£\s?\d|\d\s?(?:£|gbp\b|pounds?\b)/i.test(text)) return "GBP";
  return null;
}
