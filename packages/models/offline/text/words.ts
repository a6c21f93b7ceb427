import { stem } from "./stem.ts";

/** A word of a text, with where it stands. `lower` has plain apostrophes. */
export type Word = { text: string; lower: string; stem: string; start: number; end: number };

// Joined pieces stay one word: A-1001, 2026-12-01, 9:30, ada@example.com, don't.
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*(?:[-_/.:@+&][\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*)*/gu;

export function words(text: string): Word[] {
  const found: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const lower = match[0].toLowerCase().replaceAll("’", "'");
    found.push({
      text: match[0],
      lower,
      stem: stem(lower),
      start: match.index,
      end: match.index + match[0].length,
    });
  }
  return found;
}
