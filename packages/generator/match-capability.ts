import type { Clause } from "./brief/brief.ts";
import { lemmaOf } from "./brief/words.ts";
import type { Capability, Cues } from "./catalogue/capability.ts";

/** How well a clause asks for a capability; 0 is not at all. Longer and more exact wins. */
export function scoreOf(cues: Cues, clause: Clause): number {
  const text = ` ${clause.lemmas.join(" ")} `;
  const words = new Set(clause.lemmas);
  const phrase = Math.max(
    0,
    ...(cues.phrases ?? []).map((it) => (text.includes(lemmasOfPhrase(it)) ? 20 + it.length : 0)),
  );
  if (phrase === 0 && clause.verb && cues.unless?.includes(clause.verb)) return 0;
  if (cues.without?.some((it) => words.has(it))) return 0;
  const head = headOf(clause);
  const noun = (cues.nouns ?? []).includes(head)
    ? 12
    : (cues.nouns ?? []).some((it) => it !== clause.verb && words.has(it))
      ? 6
      : 0;
  let pair = 0;
  for (const { verbs, nouns } of cues.pairs ?? []) {
    const verb = clause.verb ? verbs.includes(clause.verb) : false;
    const exact = nouns.includes(head) || nouns.includes(clause.object);
    if (verb && (exact || nouns.some((it) => it !== clause.verb && words.has(it))))
      pair = Math.max(pair, exact ? 18 : 9);
  }
  const verb = clause.verb && (cues.verbs ?? []).includes(clause.verb) ? 10 : 0;
  return Math.max(phrase, noun, pair) + (verb && !phrase && !pair ? verb : 0);
}

const phraseLemmas = new Map<string, string>();

/** Cues are written as people say them and compared as clauses are: `table booking` → ` table book `. */
function lemmasOfPhrase(phrase: string): string {
  let lemmas = phraseLemmas.get(phrase);
  if (lemmas === undefined) {
    lemmas = ` ${phrase.split(" ").map(lemmaOf).join(" ")} `;
    phraseLemmas.set(phrase, lemmas);
  }
  return lemmas;
}

/** The capability a clause asks for, or null. The first of equals wins, so the order of the catalogue matters. */
export function matchCapability(clause: Clause, catalogue: readonly Capability[]): Capability | null {
  let best: Capability | null = null;
  let score = 0;
  for (const capability of catalogue) {
    const points = scoreOf(capability.cues, clause);
    if (points > score) [best, score] = [capability, points];
  }
  return best;
}

function headOf(clause: Clause): string {
  return clause.object.slice(clause.object.lastIndexOf(" ") + 1);
}
