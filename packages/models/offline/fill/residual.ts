import { findTakenDigits } from "../read/find-all.ts";
import { without } from "../read/spans.ts";
import { actionOfVerb } from "../scene/actions.ts";
import type { Property, ToolFacts } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { isStopWord } from "../text/stop-words.ts";
import { terms } from "../text/terms.ts";
import { type Word, words } from "../text/words.ts";

/** Adjectives of a request that are no value of anything. */
const NOT_VALUES = new Set(
  "new recent latest current upcoming past open last next first early late available free good best nice cheap quick quickly soon different full whole own old asap urgent urgently today tomorrow info information detail details list option options"
    .split(" ")
    .map((word) => conceptOf(word)),
);

/**
 * A short value said in passing. Looked for where such values stand: in quotes, after "called", next to the
 * property's own noun, after a preposition. `whole` also takes what is left of the request.
 */
export function findPhrase(text: string, property: Property, tool: ToolFacts, whole: boolean): string | null {
  const quoted = /["“]([^"”]{1,80})["”]/.exec(text)?.[1];
  if (quoted) return quoted.trim();
  const named = /\b(?:called|named|titled)\s+([\p{L}\p{N}][\p{L}\p{N}' -]{1,60})/iu.exec(text)?.[1];
  if (named) return named.trim();
  const free = without(text, findTakenDigits(text));
  const all = words(free);
  const own = new Set([...terms(tool.noun), conceptOf(tool.verb), ...property.terms]);
  const keeps = (word: Word) =>
    !isStopWord(word.lower) &&
    !own.has(conceptOf(word.stem)) &&
    !NOT_VALUES.has(conceptOf(word.stem)) &&
    actionOfVerb(word.lower) === "other" &&
    !/^\d+$/.test(word.lower);
  return (
    besideLabel(free, all, property, keeps) ??
    afterPreposition(free, all, property, keeps) ??
    (whole ? longestRun(free, all, keeps) : null)
  );
}

/** "topic photosynthesis", "the yoga class" for `class_name`. */
function besideLabel(
  text: string,
  all: Word[],
  property: Property,
  keeps: (word: Word) => boolean,
): string | null {
  const at = all.findIndex((word) => property.terms.has(conceptOf(word.stem)));
  if (at < 0) return null;
  let first = at;
  while (first > 0 && at - first < 3 && keeps(all[first - 1]!)) first -= 1;
  if (first < at) return text.slice(all[first]!.start, all[at - 1]!.end);
  const from = all[at + 1]?.lower === "is" ? at + 2 : at + 1;
  const run = runFrom(text, all, from, keeps);
  return run && /^(?:\s+is|:)?\s+$/i.test(text.slice(all[at]!.end, all[from]!.start)) ? run : null;
}

const PLACE =
  /\b(?:city|town|area|location|place|neighbou?rhood|district|region|country|address|where|destination|suburb)\b/i;
const SUBJECT =
  /\b(?:topic|subject|theme|keyword|query|search|skill|course|ingredient|cuisine|product|item|service|type|category|treatment|procedure|name|title|device|symptom|team|department|model|brand|genre)\b/i;

function afterPreposition(
  text: string,
  all: Word[],
  property: Property,
  keeps: (word: Word) => boolean,
): string | null {
  const place = PLACE.test(property.label);
  const subject = SUBJECT.test(property.label);
  if (!place && !subject) return null;
  const leads = place
    ? /^(?:in|near|around|at|to)$/
    : /^(?:about|with|on|for|of|containing|using|regarding)$/;
  for (const [index, word] of all.entries()) {
    if (!leads.test(word.lower)) continue;
    let from = index + 1;
    while (all[from] && /^(?:an?|the|my|some|any)$/.test(all[from]!.lower)) from += 1;
    const run = runFrom(text, all, from, keeps);
    if (run && (!place || /^\p{Lu}/u.test(run) || run.split(" ").length <= 3)) return run;
  }
  return null;
}

function runFrom(text: string, all: Word[], from: number, keeps: (word: Word) => boolean): string | null {
  let to = from;
  while (
    all[to] &&
    to - from < 5 &&
    keeps(all[to]!) &&
    (to === from || text.slice(all[to - 1]!.end, all[to]!.start).trim() === "")
  )
    to += 1;
  return to > from ? text.slice(all[from]!.start, all[to - 1]!.end) : null;
}

function longestRun(text: string, all: Word[], keeps: (word: Word) => boolean): string | null {
  let best: string | null = null;
  for (let from = 0; from < all.length; from += 1) {
    const run = runFrom(text, all, from, keeps);
    if (run && run.length > (best?.length ?? 2)) best = run;
  }
  return best;
}
