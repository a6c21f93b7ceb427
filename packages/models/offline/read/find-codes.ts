import { words } from "../text/words.ts";
import { type Span, taken } from "./spans.ts";

/** A word with a digit in it that names one thing: A-1001, INV2026-7, #48213. */
export type FoundCode = Span & { text: string };

export function findCodes(text: string, others: readonly Span[] = []): FoundCode[] {
  return words(text)
    .filter((word) => /\d/.test(word.text) && word.text.length <= 40 && !taken(word, others))
    .filter((word) => !/^\d+(?:st|nd|rd|th|am|pm|h|k|m|kg|g|km|cm|ml|l|min|mins|x)$/i.test(word.text))
    .map(({ text: code, start, end }) => ({ text: code, start, end }));
}
