import { conceptOf, joinPhrases } from "./concepts.ts";
import { stem } from "./stem.ts";
import { isStopWord } from "./stop-words.ts";
import { words } from "./words.ts";

/** What a text is about: the concepts of its content words, in order. Compounds count as their parts. */
export function terms(text: string): string[] {
  const found: string[] = [];
  for (const word of words(joinPhrases(text.replaceAll("_", " ")))) {
    for (const part of word.lower.split(/[-_/.:@+&]/)) {
      if (part.length > 1 && !/\d/.test(part) && !isStopWord(part)) found.push(conceptOf(stem(part)));
    }
  }
  return found;
}

export function termSet(text: string): Set<string> {
  return new Set(terms(text));
}
