import { NUMBER_WORD, numberOf } from "./number-words.ts";
import { type Span, spansOf, taken } from "./spans.ts";

/** A number a text names. `unit` is money's or per cent's sign; `start` and `end` cover both. */
export type FoundNumber = { value: number; unit: "money" | "percent" | null; start: number; end: number };

const NUMERIC =
  /(?<![\w.-])([$€£]\s?)?(-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?)(k|m)?(?![\w-]*\d)(\s?(?:[$€£%]|(?:dollars?|euros?|pounds?|bucks|usd|eur|gbp|percent|per cent)\b))?(?![\w])/gi;
const WORDED = new RegExp(`(?<![\\w-])${NUMBER_WORD}(?![\\w-])`, "gi");

/** Every number outside the spans that are something else already (dates, times, codes, phone numbers). */
export function findNumbers(text: string, others: readonly Span[] = []): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of text.matchAll(NUMERIC)) {
    const [start, end] = [match.index, match.index + match[0].length];
    if (taken({ start, end }, others)) continue;
    const sign = `${match[1] ?? ""}${match[4] ?? ""}`.toLowerCase();
    const scale = match[3]?.toLowerCase() === "k" ? 1_000 : match[3] ? 1_000_000 : 1;
    const value = Number((match[2] ?? "").replaceAll(",", "")) * scale;
    if (!Number.isFinite(value)) continue;
    const unit = /%|per/.test(sign) ? "percent" : sign.trim() || match[3] ? "money" : null;
    found.push({ value, unit, start, end });
  }
  const seen = [...others, ...spansOf(found)];
  for (const match of text.matchAll(WORDED)) {
    const span = { start: match.index, end: match.index + match[0].length };
    // "a" and "one" count only before what can be counted: "a week", not "the blue one".
    if (/^(?:an?|one)$/i.test(match[0]) || taken(span, seen)) continue;
    const value = numberOf(match[0]);
    if (value !== null) found.push({ value, unit: null, ...span });
  }
  return found.sort((a, b) => a.start - b.start);
}
