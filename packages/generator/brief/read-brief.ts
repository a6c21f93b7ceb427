import type { Brief, Clause } from "./brief.ts";
import { cleanPrompt } from "./clean-prompt.ts";
import { cutClauses, type Piece } from "./cut-clauses.ts";
import { findBusiness, findName, findPeople, isOffensive, isPeople } from "./find-facts.ts";
import { findRules } from "./find-rules.ts";
import { ADVERBS, NEEDS_NO_OBJECT, passiveVerb, verbAt } from "./find-verb.ts";
import { nounPhrase, verbForm } from "./noun-phrase.ts";
import { isVerb, lemmaOf, singular, verbBase } from "./words.ts";
import { wordsOf } from "./words-of.ts";

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
/** "… and I need to …": says only that there is a wish. */
const WISHES = new Set("i we they need want would like wish".split(" "));
/** "refunds are handled by a support app": what it is stands behind what it does. */
const BY_AN_APP =
  /^(.*\b(?:is|are|be)\b.*?)\s+by (?:an?|the|our|my) ([\w -]{1,50}\b(?:app|bot|chatbot|assistant|system|platform))\b(.*)$/i;
const ASKING = /^(?:how|what|why|when|whether|who)$/;
const PRONOUNS = /^(?:it|them|that|this|those|these|him|her|us|me)$/;

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
    name_refused: isOffensive(/\b(?:called|named|name it|call it)\b.{0,60}/i.exec(text)?.[0] ?? ""),
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
  const words = wordsOf(sentence);
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
  let topical = false;
  for (const [at, piece] of cutClauses(isHead ? rest.slice(head + 1) : rest).entries()) {
    if (clauses.length > MAX_CLAUSES) break;
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
    // "for dog walkers and cat sitters": both are what it is for.
    topical = piece.after === "for" || (topical && piece.after === "and");
    const near = owned ? at === 0 : isHead && at <= 1;
    const clause = readPiece(topical ? { ...piece, after: "for" } : piece, previous, near);
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
  // "see how many requests are approved" is about seeing them.
  const isSeen = /^(?:see|know|check|learn|view|find)$/.test(words[0] ?? "");
  if (done && done.at > 0 && !isSeen && piece.after !== "limit")
    return clause(piece.words, done.verb, nounPhrase(words.slice(0, done.at)), "task");
  if (piece.after === "limit") return clause(piece.words, null, nounPhrase(words), "limit");
  const at = verbAt(piece, words, previous);
  if (at >= 0 && at < words.length - 1 && words.slice(at + 1).every((word) => PRONOUNS.test(word)))
    return null;
  if (at >= 0) return clause(piece.words, verbBase(words[at]!), objectOf(words.slice(at + 1)), "task");
  if (words.length === 1 && NEEDS_NO_OBJECT.has(verbBase(words[0]!)) && piece.after === "and")
    return clause(piece.words, verbBase(words[0]!), "", "task");
  const object = nounPhrase(words);
  if (piece.after === "and" && previous && !previous.stale)
    return clause(piece.words, previous.verb, object, "shared");
  if (piece.after === "for" || (nearHead && piece.after === "start"))
    return clause(piece.words, null, object, "topic");
  // "suppliers and their certificates": what belongs to it is no thing of its own.
  if (piece.after === "and" && /^(their|its)$/.test(words[0] ?? ""))
    return clause(piece.words, null, object, "thing");
  // "submit expenses with receipts": part of what is done, nothing of its own.
  const isSentence =
    words.length > 2 && words.some((word) => word !== singular(word) && isPeople(singular(word)));
  const listed = !isSentence && ((piece.after === "with" && !previous) || piece.after === "and");
  return { ...clause(piece.words, null, object, "thing"), listed };
}

/** What is done with: "enrol students in courses" is about courses, "remind clients of invoices" about invoices. */
function objectOf(words: readonly string[]): string {
  const at = words.findIndex((word) => /^(in|into|of|to|for|about|on|with|at)$/.test(word));
  const object = nounPhrase(words);
  if (at < 1 || !isPeople(nounPhrase(words.slice(0, at)) || "customer")) return object;
  return nounPhrase(words.slice(at + 1)) || object;
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
