import { asSentence } from "../text/grammar.ts";
import { termSet, terms } from "../text/terms.ts";

/** Sentences told of all passages, at most. */
const SENTENCES = 3;
const TEXT = /^(?:answer|content|body|text|passage|snippet)$/;

type Passage = { n: number | null; about: string; text: string };

/**
 * Passages that a search found, as an answer to what was asked: the sentences that are most about it, each with the
 * number it can be cited by, where it has one. Null for rows that are no passages.
 */
export function tellPassages(rows: readonly Record<string, unknown>[], question: string): string | null {
  const passages = rows.map(passageOf);
  const all = passages.filter((it) => it !== null);
  if (all.length < passages.length || (all.length === 1 && all[0]?.n === null)) return null;
  const asked = termSet(question);
  const sentences = all.flatMap((passage, order) => {
    const near = termSet(passage.about);
    return sentencesOf(passage.text).map((text, at) => {
      const own = new Set(terms(text));
      const hits = [...asked].reduce((sum, term) => sum + (own.has(term) ? 1 : near.has(term) ? 0.4 : 0), 0);
      return { text, order, at, n: passage.n, score: hits - order * 0.15 };
    });
  });
  const best = Math.max(...sentences.map(({ score }) => score));
  const told = sentences
    .filter(({ score }) => score >= Math.max(0.2, best * 0.75))
    .sort((a, b) => b.score - a.score)
    .slice(0, SENTENCES);
  // Nothing in it is about the question in so many words: the best passage begins to tell by itself.
  const chosen = told.length > 0 ? told : sentences.slice(0, 1);
  return chosen
    .sort((a, b) => a.order - b.order || a.at - b.at)
    .map(({ text, n }) => (n === null ? asSentence(text) : cited(asSentence(text), n)))
    .join(" ");
}

function passageOf(row: Record<string, unknown>): Passage | null {
  const [, text] =
    Object.entries(row).find(
      ([name, value]) => TEXT.test(name) && typeof value === "string" && /\s/.test(value),
    ) ?? [];
  if (typeof text !== "string") return null;
  const about = Object.entries(row).filter(([name]) => /^(?:title|heading|name|subject)$/.test(name));
  return {
    n: typeof row.n === "number" ? row.n : null,
    about: about.map(([, it]) => String(it)).join(" "),
    text,
  };
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?…])\s+|\n+/)
    .map((it) => it.replace(/^(?:[-*•>]|\d+[.)])\s+/, "").trim())
    .filter((it) => /\p{L}/u.test(it))
    .map((it) => (it.length > 400 ? `${it.slice(0, 397).trimEnd()}…` : it));
}

/** "It takes three days [1]." */
function cited(sentence: string, n: number): string {
  return /[.!?…]$/.test(sentence)
    ? `${sentence.slice(0, -1)} [${n}]${sentence.slice(-1)}`
    : `${sentence} [${n}]`;
}
