import type { Brief, Clause } from "./brief.ts";
import { cleanPrompt } from "./clean-prompt.ts";
import { cutClauses, type Piece } from "./cut-clauses.ts";
import { findBusiness, findName, findPeople } from "./find-facts.ts";
import { nounPhrase, verbForm } from "./noun-phrase.ts";
import { isVerb, singular, verbBase } from "./words.ts";

const MAX_CLAUSES = 60;
/** How a request starts, before it says what is wanted. */
const INTRO = new Set(
  "please hi hello hey can could would you i we i'd i'm like want need to build create make design develop generate me us a an the help set up looking for am is it simple small basic new nice cool complete full modern ai ai-powered smart my our dear dev team give be able".split(
    " ",
  ),
);
const HEADS = new Set(
  "app apps application bot chatbot assistant agent platform system tool site website portal software saas product program solution crm dashboard hub marketplace desk".split(
    " ",
  ),
);
const ADVERBS = new Set(
  "also easily quickly simply just automatically please then even be able should can will people users they you i we it customers them everyone everybody anyone us".split(
    " ",
  ),
);

/** Reads a prompt clause by clause. Pure and linear in the prompt's length. */
export function readBrief(prompt: string): Brief {
  const { sentences, left_out } = cleanPrompt(prompt);
  const clauses: Clause[] = [];
  for (const sentence of sentences) {
    if (clauses.length >= MAX_CLAUSES) break;
    clauses.push(...readSentence(sentence));
  }
  const text = sentences.join(". ");
  return {
    clauses: clauses.slice(0, MAX_CLAUSES),
    name: findName(text),
    ...findBusiness(clauses),
    people: findPeople(clauses),
    left_out,
  };
}

function readSentence(sentence: string): Clause[] {
  const words = sentence.toLowerCase().match(/[\p{L}\p{N}$€£%][\p{L}\p{N}'.\-$€£%]*|[,&+/]/gu) ?? [];
  let start = 0;
  while (start < words.length && INTRO.has(words[start]!) && !startsTask(words, start)) start += 1;
  const rest = words.slice(start);
  const head = rest.slice(0, 8).findIndex((word) => HEADS.has(word));
  const isHead =
    head >= 0 && !rest.slice(0, head).some((word) => [",", "that", "which", "to"].includes(word));
  const clauses: Clause[] = [];
  if (isHead && head > 0) clauses.push(...topics(rest.slice(0, head)));
  let previous: { verb: string; form: string } | null = null;
  for (const [at, piece] of cutClauses(isHead ? rest.slice(head + 1) : rest).entries()) {
    const clause = readPiece(piece, previous, isHead && at <= 1);
    if (!clause) continue;
    clauses.push(clause);
    if (clause.frame === "task" && clause.verb) {
      const form = verbForm(piece.words.find((word) => verbBase(word) === clause.verb) ?? "");
      previous = { verb: clause.verb, form };
    } else if (piece.after !== "and") previous = null;
  }
  return clauses;
}

function topics(words: string[]): Clause[] {
  return cutClauses(words).map(({ words: part }) => clause(part, null, nounPhrase(part), "topic"));
}

function readPiece(
  piece: Piece,
  previous: { verb: string; form: string } | null,
  nearHead: boolean,
): Clause | null {
  let start = 0;
  while (start < piece.words.length && ADVERBS.has(piece.words[start]!)) start += 1;
  const words = piece.words.slice(start);
  if (words.length === 0) return null;
  if (piece.after === "limit") return clause(piece.words, null, nounPhrase(words), "limit");
  const at = verbAt(piece, words, previous);
  if (at >= 0) return clause(piece.words, verbBase(words[at]!), nounPhrase(words.slice(at + 1)), "task");
  const object = nounPhrase(words);
  if (piece.after === "and" && previous) return clause(piece.words, previous.verb, object, "shared");
  if (piece.after === "for" || (nearHead && piece.after === "start"))
    return clause(piece.words, null, object, "topic");
  return clause(piece.words, null, object, "thing");
}

/** Where the verb of a piece stands, or -1. After "that", "can", "to" … one is promised. */
function verbAt(piece: Piece, words: string[], previous: { form: string } | null): number {
  const first = words[0]!;
  if (piece.after === "verb") {
    if (isVerb(first)) return 0;
    // "lets [our members] book", "where [students] ask": the doer comes first.
    const at = words.slice(1, 4).findIndex((word) => isVerb(word));
    if (at >= 0) return at + 1;
    return words.length > 1 && !/^(their|the|a|an|my|our|is|are)$/.test(first) ? 0 : -1;
  }
  if (!isVerb(first) || words.length < 2)
    return isVerb(first) && first.endsWith("ing") && words.length > 1 ? 0 : -1;
  const form = verbForm(first);
  if (piece.after === "start") return form === "s" ? -1 : 0;
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
    lemmas: words
      .map((word) => (isVerb(word) && !word.endsWith("s") ? verbBase(word) : singular(word)))
      .slice(0, 60),
    verb,
    object,
    frame,
  };
}
