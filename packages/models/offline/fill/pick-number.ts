import { findTakenDigits } from "../read/find-all.ts";
import { findCodes } from "../read/find-codes.ts";
import { type FoundNumber, findNumbers } from "../read/find-numbers.ts";
import type { Property } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { words } from "../text/words.ts";

const NUMERIC = new Set(["integer", "number", "money"]);

/**
 * Deals the numbers of a text out to the number properties by the words around them ("2 bedrooms", "under $1,500").
 * One number and one property that want each other meet without such words if the property was asked for or needed.
 */
export function dealNumbers(
  text: string,
  properties: readonly Property[],
  wanted: ReadonlySet<string>,
): Map<string, number> {
  const codes = findCodes(text).filter(
    (code) => /[a-z]/i.test(code.text) && !/^[\d.,]+(?:k|m)$/i.test(code.text),
  );
  const free = findNumbers(text, [...findTakenDigits(text), ...codes]);
  const takers = properties.filter((property) => NUMERIC.has(property.kind));
  const dealt = new Map<string, number>();
  const pairs = takers
    .flatMap((property) =>
      free.map((number) => ({ property, number, score: nearness(text, number, property, wanted) })),
    )
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const used = new Set<FoundNumber>();
  for (const { property, number } of pairs) {
    if (dealt.has(property.name) || used.has(number)) continue;
    if (property.kind === "integer" && !Number.isInteger(number.value)) continue;
    dealt.set(property.name, number.value);
    used.add(number);
  }
  return dealt;
}

function nearness(
  text: string,
  number: FoundNumber,
  property: Property,
  wanted: ReadonlySet<string>,
): number {
  const money = property.kind === "money";
  if (number.unit === "money" && !money) return 0;
  let score = number.unit === "money" ? 3 : 0;
  const after = words(text.slice(number.end, number.end + 40)).slice(0, 2);
  const before = words(text.slice(Math.max(0, number.start - 40), number.start)).slice(-3);
  for (const [index, word] of after.entries())
    if (property.terms.has(conceptOf(word.stem))) score += 3 - index;
  for (const word of before) if (property.terms.has(conceptOf(word.stem))) score += 2;
  if (
    /\b(?:people|persons?|guests?|of us|adults?)\b/.test(after.map((it) => it.lower).join(" ")) &&
    /\b(?:people|party|guests?|seats?|size|persons?|attendees|covers)\b/.test(property.label)
  )
    score += 3;
  if (
    /\b(?:for|party of|table for)\s*$/i.test(text.slice(0, number.start)) &&
    /\b(?:people|party|guests?|size|covers|seats)\b/.test(property.label)
  )
    score += 2;
  if (
    number.unit === null &&
    after[0] &&
    /^(?:days?|hours?|minutes?|mins?|weeks?|months?|years?)$/.test(after[0].lower)
  ) {
    const unit = after[0].lower.slice(0, 3);
    score += property.label.includes(unit) || /duration|length|time/.test(property.label) ? 2 : -2;
  }
  const upper =
    /\b(?:under|below|max(?:imum)?|up to|at most|less than|no more than|cheaper than|within|budget)\b[^.\d]{0,18}$/i.test(
      text.slice(0, number.start),
    );
  const lower = /\b(?:over|above|min(?:imum)?|at least|more than|from)\b[^.\d]{0,18}$/i.test(
    text.slice(0, number.start),
  );
  if (upper)
    score += /\b(?:max|budget|up to|under)/.test(property.label)
      ? 3
      : /\bmin/.test(property.label)
        ? -4
        : money
          ? 0.5
          : 0;
  if (lower) score += /\bmin/.test(property.label) ? 3 : /\bmax/.test(property.label) ? -4 : 0;
  const counts =
    after[0] &&
    /^[a-z]/.test(after[0].lower) &&
    number.unit === null &&
    !/^(?:days?|hours?|min|am|pm|weeks?)/.test(after[0].lower);
  if (counts && /^(?:quantity|count|amount|number|how many|units?)$/.test(property.label)) score += 1.2;
  if (score === 0 && wanted.has(property.name)) score += money && number.unit === null ? 0.4 : 0.5;
  return score;
}
