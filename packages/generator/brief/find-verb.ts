import type { Piece } from "./cut-clauses.ts";
import { isPeople } from "./find-facts.ts";
import { verbForm } from "./noun-phrase.ts";
import { isVerb, singular, verbBase } from "./words.ts";

/** Verbs that need no object: "see open jobs and apply". */
export const NEEDS_NO_OBJECT = new Set(
  "apply register enroll subscribe unsubscribe pay cancel pause resume reschedule rsvp donate complain volunteer".split(
    " ",
  ),
);

/** More often things than what is done with them, at the start of a sentence. */
const PLURALS = new Set(
  "orders books reports reviews requests visits claims quotes invoices schedules searches tests plans offers records messages notes rates files lists views guides returns exchanges refunds swaps trades shares documents calls answers estimates checks purchases updates uses feeds walks meets forms reserves leaves matches repairs rents".split(
    " ",
  ),
);
const DETERMINER = /^(their|the|a|an|my|our|your|his|her|is|are)$/;
/** Words that only say how or who, before a verb. */
export const ADVERBS = new Set(
  "also easily quickly simply just automatically please then even be able should can will people users they you i we it customers them everyone everybody anyone us".split(
    " ",
  ),
);

/** Where the verb of a piece stands, or -1. After "that", "can", "to" … one is promised. */
export function verbAt(piece: Piece, words: string[], previous: { form: string } | null): number {
  const first = words[0]!;
  const behind = verbBehindPeople(words);
  if (behind > 0) return behind;
  const does = verbBehindDoer(words);
  if (does > 0) return does;
  if (/^help (?:desk|cent(?:re|er))$/.test(`${first} ${words[1]}`)) return -1;
  if (piece.after === "verb") {
    if (isVerb(first)) return 0;
    // "lets [our members] book", "where [beekeepers] log": the doer comes first.
    const doer =
      DETERMINER.test(first) || isPeople(singular(first)) || (first.endsWith("s") && isVerb(words[1] ?? ""));
    const at = doer ? words.slice(1, 4).findIndex((word) => isVerb(word)) : -1;
    if (at >= 0) return at + 1;
    if (/^(of|at|in|from|on|with)$/.test(words[1] ?? "")) return -1;
    if (isPeople(singular(first)) && words.length > 2) return 1;
    return words.length > 1 && !DETERMINER.test(first) ? 0 : -1;
  }
  // "clients book consultations", "the team handles refunds": who, then what they do.
  const end = doerEnd(words);
  if (end > 0) return end;
  if (isPeople(singular(first)) && words.length > 1 && isVerb(words[1]!) && verbForm(words[1]!) === "base")
    return words.length > 2 || NEEDS_NO_OBJECT.has(words[1]!) ? 1 : -1;
  if (piece.after !== "start" && namesPlans(first, words[1] ?? "")) return -1;
  if (!isVerb(first) || words.length < 2)
    return isVerb(first) && first.endsWith("ing") && words.length > 1 ? 0 : -1;
  // "Purchase requests" are a thing.
  if (first === "purchase" && /^(?:requests?|orders?)$/.test(words[1]!)) return -1;
  const form = verbForm(first);
  if (piece.after === "start") return form === "s" && PLURALS.has(first) ? -1 : 0;
  return form === "ing" || form === previous?.form || piece.after === "for" ? 0 : -1;
}

/** "training plans", "coaching sessions": named, not done. */
function namesPlans(first: string, next: string): boolean {
  return (
    /^(training|coaching|tutoring|shipping|mentoring|planning|testing|booking)$/.test(first) &&
    /^(plan|session|course|program|programme|label|lesson|day|camp|material|slot)s?$/.test(next)
  );
}

/** "importers submit documents", "horse owners request visits": somebody in the plural, then what they do. */
function verbBehindDoer(words: readonly string[]): number {
  const first = words[0]!;
  if ((isVerb(first) && !isPeople(singular(first))) || DETERMINER.test(first)) return -1;
  return (
    words.slice(1, 6).findIndex((word, index) => {
      const before = words[index]!;
      const isDoer = isPeople(singular(before)) || (index < 2 && /[^s]s$/.test(before) && !isVerb(before));
      const isDone = isVerb(word) && verbForm(word) === "base" && !NOUNS_TOO.has(word);
      return isDoer && isDone && (index + 2 < words.length || NEEDS_NO_OBJECT.has(word));
    }) + 1 || -1
  );
}

/** Behind a plural these rather name something: "sales support", "sports club chat". */
const NOUNS_TOO = new Set("support help chat access stock store design document plan".split(" "));

/** "customers of my book shop order books": the last verb that has something behind it. */
function verbBehindPeople(words: readonly string[]): number {
  if (!isPeople(singular(words[0]!)) || !/^(of|at|in|from|on)$/.test(words[1] ?? "")) return -1;
  const at = words.slice(0, 9).findLastIndex((word, index) => {
    const behind = index > 2 && index < words.length - 1;
    return behind && isVerb(word) && verbForm(word) === "base";
  });
  return at;
}

/** Where the verb stands behind those who do it, or -1: `staff submit`, `hotel guests book`, `gardeners book`. */
function doerEnd(words: readonly string[]): number {
  for (let at = 0; at < Math.min(3, words.length - 2); at += 1) {
    const word = words[at]!;
    const isMany =
      /^(?:staff|people|team|crew|groups|parties|families|teams|everybody|everyone|anybody|anyone)$/.test(
        word,
      ) ||
      (word !== singular(word) && (isPeople(singular(word)) || (at === 0 && /(?:ers|ors|ists)$/.test(word))));
    const next = words[at + 1]!;
    const form = verbForm(next);
    if (
      isMany &&
      isVerb(next) &&
      (form === "base" || (form === "s" && /^(?:team|crew|every|any)/.test(word)))
    )
      return at + 1;
  }
  return -1;
}

/** "are handled", "to be tracked", "get refunded": the verb, and where it begins; null where nothing is done so. */
export function passiveVerb(words: readonly string[]): { at: number; verb: string } | null {
  const at = words.findIndex((word) => /^(?:is|are|be|get|gets|being|been)$/.test(word));
  if (at < 0 || at > 5) return null;
  let next = at + 1;
  while (ADVERBS.has(words[next] ?? "") || words[next]?.endsWith("ly")) next += 1;
  const word = words[next] ?? "";
  const verb = PARTICIPLES[word] ?? verbBase(word);
  return (word.endsWith("ed") && isVerb(word)) || Object.hasOwn(PARTICIPLES, word) ? { at, verb } : null;
}

const PARTICIPLES: Record<string, string> = {
  sold: "sell",
  sent: "send",
  given: "give",
  taken: "take",
  made: "make",
  found: "find",
  bought: "buy",
  kept: "keep",
  lent: "lend",
  written: "write",
  shown: "show",
};
