import { ascii, isVerb, singular, verbBase } from "./words.ts";

/** Words that say how, whose or how many, not what. */
const SKIPPED = new Set(
  "a an the my our your their his her its this that these those all any some each new own other more many several different various simple easy quick online digital up-to-date latest current existing basic just also easily quickly automatically directly always please them it us me you they we i he she people customers customer users user someone anyone everyone everything things stuff etc so on very really good great best nice complete full something anything right perfect suitable how much often what whether why myself ourselves themselves yourself currently later today tonight tomorrow now soon together next small little tiny internal external private public mobile desktop ai ai-powered powered smart chat based".split(
    " ",
  ),
);
/** Where a noun phrase ends. */
const STOPS = new Set(
  "every each start starts begin begins for from in on at by with about when if without via through per using into onto over under between during before after until while because as is are was be via than then to near based who which where".split(
    " ",
  ),
);
/** `status of orders` is about orders. */
const ABOUT = new Set(
  "status list kind type number state copy detail history lot set range record overview progress availability".split(
    " ",
  ),
);
const PARTICLES = new Set("for up about out in into off on over to at after through of".split(" "));

/** The thing named in `words`, in the singular and at most three words: `["their", "yoga", "classes"]` → `yoga class`. */
export function nounPhrase(words: readonly string[]): string {
  if (/^(it|them)$/.test(words[0] ?? "")) return "";
  let start = 0;
  while (start < words.length && (PARTICLES.has(words[start]!) || SKIPPED.has(words[start]!))) start += 1;
  const kept: string[] = [];
  for (let at = start; at < words.length; at += 1) {
    const word = words[at]!;
    if (word === "of") {
      const head = singular(kept.at(-1) ?? "");
      const rest = nounPhrase(words.slice(at + 1));
      if (rest && (ABOUT.has(head) || kept.length === 0)) return rest;
      break;
    }
    // "help with chores" is about chores.
    if (word === "with" && kept.join() === "help") kept.pop();
    if (STOPS.has(word) && kept.length > 0) break;
    if (kept.length === 0 && words.length - at === 1 && /ed$/.test(word) && isVerb(word)) continue;
    if (SKIPPED.has(word) || STOPS.has(word) || /('s|s')$/.test(word)) continue;
    kept.push(word);
  }
  const phrase = ascii(kept.slice(-3).join(" "));
  return singular(phrase.length > 32 ? phrase.slice(phrase.lastIndexOf(" ") + 1).slice(0, 32) : phrase);
}

/** A verb's form, to see which words share it: `handles … and tracks`. Verbs we don't know have one too. */
export function verbForm(word: string): "base" | "s" | "ing" | "none" {
  if (word.endsWith("ing")) return "ing";
  if (word.endsWith("ed") && verbBase(word) !== word) return "none";
  return verbBase(word) !== word || (!isVerb(word) && /[^s]s$/.test(word)) ? "s" : "base";
}
