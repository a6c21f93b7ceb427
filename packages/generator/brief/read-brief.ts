import type { Brief, Clause } from "./brief.ts";
import { cleanPrompt } from "./clean-prompt.ts";
import { cutClauses, type Piece } from "./cut-clauses.ts";
import { findBusiness, findName, findPeople, isPeople } from "./find-facts.ts";
import { findRules } from "./find-rules.ts";
import { nounPhrase, verbForm } from "./noun-phrase.ts";
import { putRight } from "./put-right.ts";
import { isVerb, lemmaOf, singular, verbBase } from "./words.ts";

const MAX_CLAUSES = 60;
/** How a request starts, before it says what is wanted. */
const INTRO = new Set(
  "please hi hello hey can could would you i we i'd i'm like want need to build create make design develop generate me us a an the help set up looking for am is it simple small basic new nice cool complete full modern ai ai-powered smart my our dear dev team give be able".split(
    " ",
  ),
);
const HEADS = new Set(
  "app apps application bot chatbot assistant agent platform system tool site website portal software saas product program solution crm dashboard hub marketplace".split(
    " ",
  ),
);
const ADVERBS = new Set(
  "also easily quickly simply just automatically please then even be able should can will people users they you i we it customers them everyone everybody anyone us".split(
    " ",
  ),
);

/** More often things than what is done with them, at the start of a sentence. */
const PLURALS = new Set(
  "orders books reports reviews requests visits claims quotes invoices schedules searches tests plans offers records messages notes rates files lists views guides returns exchanges refunds swaps trades shares documents calls answers estimates checks purchases updates uses feeds walks meets forms reserves leaves matches repairs rents".split(
    " ",
  ),
);
/** "… and I need to …": says only that there is a wish. */
const WISHES = new Set("i we they need want would like wish".split(" "));
/** "see where their orders are": to track them. */
const WHERE_IT_IS =
  /\b(?:(?:to )?(?:see|know|check|find out|ask|learn) )?where (my|their|the|your|an?) ([\w-]{1,30}) (?:is|are)\b/g;
/** "refunds are handled by a support app": what it is stands behind what it does. */
const BY_AN_APP =
  /^(.*\b(?:is|are|be)\b.*?)\s+by (?:an?|the|our|my) ([\w -]{1,50}\b(?:app|bot|chatbot|assistant|system|platform))\b(.*)$/i;
const ASKING = /^(?:how|what|why|when|whether|who)$/;
const PRONOUNS = /^(?:it|them|that|this|those|these|him|her|us|me)$/;
const DETERMINER = /^(their|the|a|an|my|our|your|his|her|is|are)$/;

/** Reads a prompt clause by clause. Pure and linear in the prompt's length. */
export function readBrief(prompt: string): Brief {
  const { sentences: whole, left_out } = cleanPrompt(prompt);
  const { sentences, ...said } = findRules(whole);
  const clauses: Clause[] = [];
  for (const sentence of sentences.flatMap(topicFirst)) {
    if (clauses.length >= MAX_CLAUSES) break;
    clauses.push(...readSentence(sentence));
  }
  const text = whole.join(". ");
  return {
    clauses: clauses.slice(0, MAX_CLAUSES),
    name: findName(text),
    ...findBusiness(clauses),
    people: findPeople(clauses),
    said,
    left_out,
  };
}

function topicFirst(sentence: string): string[] {
  const match = BY_AN_APP.exec(sentence);
  return match ? [`a ${match[2]}`, `${match[1]}${match[3]}`] : [sentence];
}

function readSentence(sentence: string): Clause[] {
  const words =
    putRight(sentence.toLowerCase())
      .replace(/\blost (and|&) found\b/g, "lost items")
      .replace(/\bsign[- ]?ups\b/g, "registrations")
      .replace(/\b(class|workshop|event|course) sign[- ]?up\b/g, "$1 registration")
      .replace(/\bclick (and|&) collect\b/g, "pickup")
      .replace(WHERE_IT_IS, "can track $1 $2")
      .replace(/\bwhere(?:'s| is| are) (?=(my|their|the|your|an?)\b)/g, "can track ")
      .replace(/\bkeep(s|ing)? (?:tabs|track|an eye|a close eye) (?:on|of)\b/g, "track$1")
      .replace(/\b(?:sort(s?) out|deal(s?) with|take(s?) care of|look(s?) after)\b/g, "handle$1$2$3$4")
      .replace(
        /^(?:it would|it'd|would it) be \w+ (?:to have|if (?:there was|there were|we had|you (?:built|made)))/,
        "",
      )
      .match(/[\p{L}\p{N}$€£%][\p{L}\p{N}'.\-$€£%]*|[,&+/]/gu) ?? [];
  let start = 0;
  while (
    start < words.length &&
    INTRO.has(words[start]!) &&
    !startsTask(words, start) &&
    !/^(help|service|support|it) ?(desk|help|support)$/.test(`${words[start]} ${words[start + 1]}`)
  )
    start += 1;
  // "I run a bike rental": what the app is for.
  const owned = start > 0 && /^(run|own|operate)$/.test(words[start] ?? "");
  const rest = words.slice(owned ? start + 1 : start);
  const head = rest.slice(0, 8).findIndex((word) => HEADS.has(word));
  // "customers return products and leave product reviews": they do it; no "product" is asked for.
  const does = rest[0]?.endsWith("s") && isPeople(singular(rest[0])) && isVerb(rest[1] ?? "");
  const isHead =
    head >= 0 && !does && !rest.slice(0, head).some((word) => [",", "that", "which", "to"].includes(word));
  const clauses: Clause[] = [];
  if (isHead && head > 0) clauses.push(...topics(rest.slice(0, head)));
  let previous: Said | null = null;
  for (const [at, piece] of cutClauses(isHead ? rest.slice(head + 1) : rest).entries()) {
    const done = passiveVerb(piece.words);
    const before = clauses.at(-1);
    if (
      done !== null &&
      done.at === 0 &&
      before &&
      !before.verb &&
      before.frame !== "limit" &&
      before.object
    ) {
      // "refunds can be handled": what, then what is done with it.
      clauses[clauses.length - 1] = {
        ...before,
        verb: done.verb,
        frame: "task",
        lemmas: [...before.lemmas, done.verb],
      };
      continue;
    }
    const clause = readPiece(piece, previous, owned ? at === 0 : isHead && at <= 1);
    if (!clause) continue;
    clauses.push(clause);
    if (clause.frame === "task" && clause.verb) {
      const form = verbForm(piece.words.find((word) => verbBase(word) === clause.verb) ?? "");
      previous = { verb: clause.verb, form, stale: false };
    } else if (piece.after !== "and") previous = stale(previous);
  }
  return clauses;
}

function topics(words: string[]): Clause[] {
  return cutClauses(words).map(({ words: part }) => clause(part, null, nounPhrase(part), "topic"));
}

/** The verb said last; stale once other things came between. */
type Said = { verb: string; form: string; stale: boolean };

function stale(said: Said | null): Said | null {
  return said && { ...said, stale: true };
}

function readPiece(piece: Piece, previous: Said | null, nearHead: boolean): Clause | null {
  let start = 0;
  while (start < piece.words.length && ADVERBS.has(piece.words[start]!)) start += 1;
  const words = piece.words.slice(start);
  if (words.every((word) => WISHES.has(word) || ASKING.test(word))) return null;
  const done = passiveVerb(words);
  if (done && done.at > 0 && piece.after !== "limit")
    return clause(piece.words, done.verb, nounPhrase(words.slice(0, done.at)), "task");
  if (piece.after === "limit") return clause(piece.words, null, nounPhrase(words), "limit");
  const at = verbAt(piece, words, previous);
  if (at >= 0 && at < words.length - 1 && words.slice(at + 1).every((word) => PRONOUNS.test(word)))
    return null;
  if (at >= 0) return clause(piece.words, verbBase(words[at]!), nounPhrase(words.slice(at + 1)), "task");
  const object = nounPhrase(words);
  if (piece.after === "and" && previous && !previous.stale)
    return clause(piece.words, previous.verb, object, "shared");
  if (piece.after === "for" || (nearHead && piece.after === "start"))
    return clause(piece.words, null, object, "topic");
  // "submit expenses with receipts": part of what is done, nothing of its own.
  const isSentence =
    words.length > 2 && words.some((word) => word !== singular(word) && isPeople(singular(word)));
  const listed = !isSentence && ((piece.after === "with" && !previous) || piece.after === "and");
  return { ...clause(piece.words, null, object, "thing"), listed };
}

/** Where the verb stands behind those who do it, or -1: `staff submit`, `hotel guests book`, `gardeners book`. */
function doerEnd(words: readonly string[]): number {
  for (let at = 0; at < Math.min(3, words.length - 2); at += 1) {
    const word = words[at]!;
    const isMany =
      /^(?:staff|people|team|crew|everybody|everyone|anybody|anyone)$/.test(word) ||
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
function passiveVerb(words: readonly string[]): { at: number; verb: string } | null {
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

/** Where the verb of a piece stands, or -1. After "that", "can", "to" … one is promised. */
function verbAt(piece: Piece, words: string[], previous: { form: string } | null): number {
  const first = words[0]!;
  if (/^help (?:desk|cent(?:re|er))$/.test(`${first} ${words[1]}`)) return -1;
  if (piece.after === "verb") {
    if (isVerb(first)) return 0;
    // "lets [our members] book", "where [beekeepers] log": the doer comes first.
    const doer =
      DETERMINER.test(first) || isPeople(singular(first)) || (first.endsWith("s") && isVerb(words[1] ?? ""));
    const at = doer ? words.slice(1, 4).findIndex((word) => isVerb(word)) : -1;
    if (at >= 0) return at + 1;
    if (isPeople(singular(first)) && words.length > 2) return 1;
    return words.length > 1 && !DETERMINER.test(first) ? 0 : -1;
  }
  // "clients book consultations", "hotel guests book treatments": who, then what they do.
  const does = doerEnd(words);
  if (does > 0) return does;
  if (!isVerb(first) || words.length < 2)
    return isVerb(first) && first.endsWith("ing") && words.length > 1 ? 0 : -1;
  // "Purchase requests" are a thing.
  if (first === "purchase" && /^(?:requests?|orders?)$/.test(words[1]!)) return -1;
  const form = verbForm(first);
  if (piece.after === "start") return form === "s" && PLURALS.has(first) ? -1 : 0;
  return form === "ing" || form === previous?.form || piece.after === "for" ? 0 : -1;
}

/** "to book", "help me plan": from here on it is the task itself. */
function startsTask(words: readonly string[], at: number): boolean {
  return at > 0 && words[at - 1] === "to" && isVerb(words[at]!) && !INTRO.has(words[at]!);
}

function clause(
  words: readonly string[],
  verb: string | null,
  object: string,
  frame: Clause["frame"],
): Clause {
  return {
    text: words.join(" ").replace(/ ,/g, ",").slice(0, 300),
    lemmas: words.map(lemmaOf).slice(0, 60),
    verb,
    object,
    frame,
    listed: false,
  };
}
