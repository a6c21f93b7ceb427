import { findContactsAndTimes } from "../read/find-all.ts";
import { type FoundCode, findCodes } from "../read/find-codes.ts";
import type { Property } from "../scene/scene.ts";
import { words } from "../text/words.ts";
import { patternOf } from "./pattern.ts";

/** The codes of a text that fit a property (an order number, a booking reference), spelled as its schema wants. */
export function codesFor(text: string, property: Property): FoundCode[] {
  const pattern = patternOf(property.schema.pattern);
  const shape = shapeOf(property.schema.examples);
  if (pattern) return spelled(text, (word) => pattern.test(word), prefixOf(property.schema));
  if (shape) return spelled(text, (word) => shape.test(word), prefixOf(property.schema));
  // Nothing says how one looks: a word with digits that is nothing else, or a number said to be one.
  return findCodes(text, findContactsAndTimes(text)).filter((code) => isNamed(text, code, property));
}

export function bestCode(text: string, property: Property): string | null {
  return codesFor(text, property)[0]?.text ?? null;
}

/** Tries each word, and pairs like "A 1001", in the spellings people use. */
function spelled(text: string, fits: (word: string) => boolean, prefix: string | null): FoundCode[] {
  const all = words(text).filter((word) => word.text.length <= 64);
  const found: FoundCode[] = [];
  for (const [index, word] of all.entries()) {
    const next = all[index + 1];
    const pairs = next && text.slice(word.end, next.start).trim().length <= 1 && /\d/.test(next.text);
    const tries: [string, number][] = [[word.text, word.end]];
    if (pairs && /^[a-z]{1,5}$/i.test(word.text))
      tries.push([`${word.text}-${next.text}`, next.end], [word.text + next.text, next.end]);
    const parted = /^([a-z]{1,5})(\d+)$/i.exec(word.text);
    if (parted) tries.push([`${parted[1]}-${parted[2]}`, word.end]);
    if (prefix && /^\d{2,}$/.test(word.text) && isSaidToBeOne(text, word.start))
      tries.push([prefix + word.text, word.end]);
    for (const [candidate, end] of tries) {
      const spelling = [candidate, candidate.toUpperCase(), candidate.toLowerCase()].find(fits);
      if (spelling === undefined) continue;
      if (!/\d/.test(spelling) && spelling === spelling.toLowerCase()) continue;
      found.push({ text: spelling, start: word.start, end });
      break;
    }
  }
  return found;
}

/** Whether a bare number is said to be a thing's number, or is all that is said: "order 1001", "#1001", "1001". */
function isSaidToBeOne(text: string, start: number): boolean {
  if (words(text).length <= 2) return true;
  return /(?:#|\b(?:number|no\.?|id|code|ref(?:erence)?|order|ticket|booking|appointment|request|invoice|case|claim|reservation|refund|application))(?: is)?[:\s#]*$/i.test(
    text.slice(0, start),
  );
}

/** Words shaped like the examples: letters for letters, digits for digits. */
function shapeOf(examples: unknown): RegExp | null {
  if (!Array.isArray(examples)) return null;
  const coded = examples.filter(
    (it): it is string => typeof it === "string" && /\d/.test(it) && it.length <= 40 && !/\s/.test(it),
  );
  if (coded.length === 0) return null;
  const sources = coded.slice(0, 5).map((it) =>
    it
      .replace(/[.*+?^${}()|[\]\\/]/g, "\\$&")
      .replace(/\d+/g, "\\d+")
      .replace(/(?<!\\)[a-z]+/gi, (letters) => (letters === letters.toUpperCase() ? letters : "[a-z]+")),
  );
  return new RegExp(`^(?:${sources.join("|")})$`);
}

/** The letters all examples begin with ("A-"), so that a bare "1001" can be understood. */
function prefixOf(schema: Property["schema"]): string | null {
  const examples = (Array.isArray(schema.examples) ? schema.examples : []).map(String);
  const fixed =
    typeof schema.pattern === "string"
      ? /^\^?(?:\(\?:)?([A-Z]{1,6}-?)(?=\\d|\[0-9\])/.exec(schema.pattern)?.[1]
      : undefined;
  const prefix = fixed ?? /^[A-Z]{1,6}-/.exec(examples[0] ?? "")?.[0];
  return prefix && examples.every((it) => it.startsWith(prefix)) ? prefix : null;
}

function isNamed(text: string, code: FoundCode, property: Property): boolean {
  if (/[a-z]/i.test(code.text) && /\d/.test(code.text)) return true;
  const before = text.slice(Math.max(0, code.start - 28), code.start).toLowerCase();
  const last = property.label.split(" ")[0] ?? "";
  return (
    /#\s*$/.test(before) ||
    /\b(?:number|no\.?|id|code|ref(?:erence)?)\s*(?:is|:)?\s*$/.test(before) ||
    new RegExp(`\\b${last.replace(/\W/g, "")}\\s+$`).test(before)
  );
}
