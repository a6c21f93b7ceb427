import type { Fact } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { stem } from "../text/stem.ts";
import { terms } from "../text/terms.ts";

const QUESTION = /\?|^(?:what|when|where|who|which|how|do|does|is|are|can|could|will|tell me|may)\b/i;

/** Words that belong to asking, not to what is asked about. */
const OF_QUESTIONS = new Set(
  ["long", "take", "often", "happen", "possible", "allow", "work", "there", "way", "policy"].map((word) =>
    conceptOf(stem(word)),
  ),
);

/** Questions for a price want a sentence with one. */
const PRICE = /\bhow much\b|\bprices?\b|\bcosts?\b|\bfees?\b/i;

/** Words of questions that a fact answers by its form. */
const WHEN = /\b(?:when|what time|hours|open|close|how long|how soon)\b/i;

/** The sentences that answer a question, best first (at most two), or none when none is about it. */
export function findFacts(
  question: string,
  facts: readonly Fact[],
): { answer: string[]; cover: number; words: number } {
  if (!QUESTION.test(question.trim())) return { answer: [], cover: 0, words: 0 };
  const asked = [...new Set(terms(question))].filter((term) => !OF_QUESTIONS.has(term));
  if (asked.length === 0) return { answer: [], cover: 0, words: 0 };
  const weightOf = (term: string) =>
    1 / (1 + Math.log(1 + facts.filter((fact) => fact.terms.has(term)).length));
  const total = asked.reduce((sum, term) => sum + weightOf(term), 0);
  const scored = facts
    .map((fact) => {
      const cover = asked.reduce((sum, term) => sum + (fact.terms.has(term) ? weightOf(term) : 0), 0) / total;
      return { fact, cover: cover + (cover > 0 && WHEN.test(question) && /\d/.test(fact.text) ? 0.12 : 0) };
    })
    .filter(
      ({ fact, cover }) =>
        cover >= 0.5 && (!PRICE.test(question) || /\d|\bfree\b|\bprices?\b|\bcosts?\b/i.test(fact.text)),
    )
    .sort((a, b) => b.cover - a.cover);
  const best = scored[0]?.cover ?? 0;
  return {
    answer: scored
      .filter(({ cover }) => cover >= best - 0.1)
      .slice(0, 2)
      .map(({ fact }) => fact.text),
    cover: best,
    words: asked.length,
  };
}
