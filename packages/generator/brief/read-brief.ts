import type { Brief, Clause } from "./brief.ts";
import { cleanPrompt } from "./clean-prompt.ts";
import { cutClauses, type Piece } from "./cut-clauses.ts";
import { findBusiness, findName, findPeople, isPeople } from "./find-facts.ts";
import { nounPhrase, verbForm } from "./noun-phrase.ts";
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

/** Verbs that need no object: "see open jobs and apply". */
const ALONE = new Set(
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
/** "… and I need to …": says only that there is a wish. */
const WISHES = new Set("i we they need want would like wish".split(" "));
const DETERMINER = /^(their|the|a|an|my|our|your|his|her|is|are)$/;

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
  const words =
    sentence
      .toLowerCase()
      .replace(
        /\b((?:my|our|the|an?) (?:[\p{L}-]{1,30} ){0,3}[\p{L}-]{1,30})'s (customers|clients|members|guests|visitors|users|patients|students|employees|staff)\b/gu,
        "$2 of $1",
      )
      .replace(/\b(?:what|which) ([\w-]{1,30}) (?:are there|there are|(?:do )?(?:you|we) have)\b/g, "see $1")
      .replace(/\bwhich ([\w-]{1,30}) are (?:down|late|delayed|on time)\b/g, "$1 status")
      .replace(/\bwhich ([\w-]{1,30}) are (?:free|available|in stock)\b/g, "$1 availability")
      .replace(/\blost (and|&) found\b/g, "lost items")
      .replace(/\bsign[- ]?ups\b/g, "registrations")
      .replace(/\b(class|workshop|event|course) sign[- ]?up\b/g, "$1 registration")
      .replace(/\bclick (and|&) collect\b/g, "pickup")
      .replace(
        /\b(?:(?:see|know|check|learn|find out|look up|ask) )?where (my|their|the|your) ([\w-]{1,30}) (?:is|are)\b/g,
        "can track $1 $2",
      )
      .replace(/\bwhere(?:'s| is| are) (?=(my|their|the|your|an?)\b)/g, "can track ")
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
  let topical = false;
  for (const [at, piece] of cutClauses(isHead ? rest.slice(head + 1) : rest).entries()) {
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
  if (words.every((word) => WISHES.has(word))) return null;
  if (piece.after === "limit") return clause(piece.words, null, nounPhrase(words), "limit");
  const at = verbAt(piece, words, previous);
  if (at >= 0) return clause(piece.words, verbBase(words[at]!), objectOf(words.slice(at + 1)), "task");
  if (words.length === 1 && ALONE.has(verbBase(words[0]!)) && piece.after === "and")
    return clause(piece.words, verbBase(words[0]!), "", "task");
  const object = nounPhrase(words);
  if (piece.after === "and" && previous && !previous.stale)
    return clause(piece.words, previous.verb, object, "shared");
  if (piece.after === "for" || (nearHead && piece.after === "start"))
    return clause(piece.words, null, object, "topic");
  // "suppliers and their certificates": what belongs to it is no thing of its own.
  if (piece.after === "and" && /^(their|its)$/.test(words[0] ?? ""))
    return clause(piece.words, null, object, "thing");
  const listed = piece.after === "with" || piece.after === "and";
  return { ...clause(piece.words, null, object, "thing"), listed };
}

/** What is done with: "enrol students in courses" is about courses, "remind clients of invoices" about invoices. */
function objectOf(words: readonly string[]): string {
  const at = words.findIndex((word) => /^(in|into|of|to|for|about|on|with|at)$/.test(word));
  const object = nounPhrase(words);
  if (at < 1 || !isPeople(nounPhrase(words.slice(0, at)) || "customer")) return object;
  return nounPhrase(words.slice(at + 1)) || object;
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
      return isDoer && isDone && (index + 2 < words.length || ALONE.has(word));
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

/** Where the verb of a piece stands, or -1. After "that", "can", "to" … one is promised. */
function verbAt(piece: Piece, words: string[], previous: { form: string } | null): number {
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
  // "clients book consultations": who, then what they do.
  if (isPeople(singular(first)) && words.length > 1 && isVerb(words[1]!) && verbForm(words[1]!) === "base")
    return words.length > 2 || ALONE.has(words[1]!) ? 1 : -1;
  if (piece.after !== "start" && namesPlans(first, words[1] ?? "")) return -1;
  if (!isVerb(first) || words.length < 2)
    return isVerb(first) && first.endsWith("ing") && words.length > 1 ? 0 : -1;
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
