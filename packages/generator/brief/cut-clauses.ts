import { isVerb } from "./words.ts";

/** A stretch of a sentence between joining words. */
export type Piece = {
  words: string[];
  /** What joined it: `verb` promises a verb ("that can …"), `and` continues, `start` begins a sentence. */
  after: "start" | "verb" | "and" | "with" | "limit" | "for";
};

const JOINERS: Record<string, Piece["after"]> = {
  that: "verb",
  which: "verb",
  who: "verb",
  where: "verb",
  can: "verb",
  could: "verb",
  may: "verb",
  will: "verb",
  must: "verb",
  should: "verb",
  and: "and",
  or: "and",
  but: "and",
  plus: "and",
  ",": "and",
  "&": "and",
  "+": "and",
  "/": "and",
  with: "with",
  needs: "with",
  requires: "with",
  including: "with",
  featuring: "with",
  has: "with",
  have: "with",
  having: "with",
  include: "with",
  includes: "with",
  for: "for",
  only: "limit",
  when: "limit",
  if: "limit",
  unless: "limit",
  never: "limit",
  without: "limit",
  until: "limit",
  because: "limit",
  so: "and",
};
/** "lets people book": who, then the verb. */
const LETTING = new Set(
  "let lets allow allows allowing letting enable enables enabling help helps helping".split(" "),
);

const NEGATIONS = new Set(["not", "cannot", "can't", "don't"]);

/** Splits a sentence of lower-case words (commas are words of their own) at its joining words. */
export function cutClauses(words: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  let piece: Piece = { words: [], after: "start" };
  for (const [at, word] of words.entries()) {
    const joiner = joinerAt(words, at, piece);
    if (joiner === null) piece.words.push(word);
    else if (piece.words.length > 0) {
      pieces.push(piece);
      piece = { words: [], after: joiner };
    } else if (!(isFirm(piece.after) && (joiner === "and" || joiner === "with"))) {
      piece = { words: [], after: joiner };
    }
  }
  return piece.words.length > 0 ? [...pieces, piece] : pieces;
}

/** Joining words in a row ("that can only"): a promised verb or a condition is not forgotten. */
function isFirm(after: Piece["after"]): boolean {
  return after === "verb" || after === "limit";
}

/** What the word joins, or null when it is part of the piece. */
function joinerAt(words: readonly string[], at: number, piece: Piece): Piece["after"] | null {
  const word = words[at]!;
  const next = words[at + 1] ?? "";
  const gerund = next.endsWith("ing") && isVerb(next);
  if (NEGATIONS.has(word)) return "limit";
  // "may only order lunch" is about ordering.
  if (word === "only" && isVerb(next)) return "verb";
  if (word === "then") return "and";
  // "help with chores" is about chores, not an app "with chores".
  if (word === "with" && /^(help|problems?|issues?|trouble)$/.test(words[at - 1] ?? "")) return null;
  if (word === "to") return isVerb(next) || next === "be" ? "verb" : null;
  // "book a table for two" is one piece; "a bot for tracking orders" is not.
  if (word === "for" && !gerund && piece.words.some((it) => isVerb(it))) return null;
  if (LETTING.has(word) && piece.words.length === 0 && !/^(desk|cent(re|er)|page)$/.test(next)) return "verb";
  if (!Object.hasOwn(JOINERS, word)) return null;
  return word === "for" && gerund ? "verb" : JOINERS[word]!;
}
