import { isMoneyWord } from "../scene/property-kind.ts";
import { humanise } from "../text/grammar.ts";
import { termSet, terms } from "../text/terms.ts";

/** Question words, and the columns that answer them. */
const ANSWERS: [RegExp, (label: string, value: unknown) => boolean][] = [
  [
    /\bhow much\b|\bprice\b|\bcost\b|\bexpensive\b/i,
    (label, value) => typeof value === "number" && isMoneyWord(label),
  ],
  [
    /\bwhen\b|\bwhat (?:time|day|date)\b|\bhow (?:long|soon)\b/i,
    (_, value) =>
      typeof value === "string" && /^(?:\d{4}-\d{2}-\d{2}|\d{2}:\d{2}$|[A-Z][a-z]+day$)/.test(value),
  ],
  [
    /\bwhere(?:'s| is| are)?\b/i,
    (label) => /\b(?:status|location|address|city|tracking|stage|place|room|carrier|venue)\b/.test(label),
  ],
  [
    /\bwho\b/i,
    (label) =>
      /\b(?:name|by|owner|agent|trainer|instructor|doctor|teacher|assignee|assigned|contact)\b/.test(label),
  ],
  [/\bhow many\b/i, (label, value) => typeof value === "number" && !isMoneyWord(label)],
];

/** The columns of a row that a question is about: named by it first, else those that fit its question word. */
export function columnsAsked(question: string, row: Record<string, unknown>): string[] {
  const said = new Set(terms(question));
  const shown = Object.keys(row).filter((name) => row[name] !== null && row[name] !== "");
  const named = shown.filter((name) => {
    const own = [...termSet(humanise(name))].filter((term) => !/^(?:number|id|name)$/.test(term));
    return own.length > 0 && own.some((term) => said.has(term));
  });
  if (named.length > 0 && named.length <= 3) return named;
  for (const [asks, answers] of ANSWERS) {
    if (!asks.test(question)) continue;
    const fitting = shown.filter((name) => answers(humanise(name), row[name]));
    if (fitting.length > 0) return fitting.slice(0, 3);
  }
  if (/\b(?:more (?:details?|info|information)|details|tell me more|everything|what else)\b/i.test(question))
    return shown;
  return [];
}
