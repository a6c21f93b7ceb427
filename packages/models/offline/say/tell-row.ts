import { columnsAsked } from "../dialogue/columns-asked.ts";
import type { Persona } from "../scene/scene.ts";
import { asSentence, capitalise, isPlural, joined, singular } from "../text/grammar.ts";
import { namesIt } from "./names-it.ts";
import { type Column, columnsOf, keyOf } from "./row-parts.ts";
import { isFreeText, quoteFree, showValue } from "./show-value.ts";

/** How many facts beyond the one asked for a person is told unasked. */
const EXTRA_FACTS = 2;

/** One row that was found, told as an answer to what was asked. `known` are columns the person gave themselves. */
export function tellRow(
  row: Record<string, unknown>,
  noun: string,
  question: string,
  persona: Persona,
  known: readonly string[] = [],
): string {
  const columns = columnsOf(row);
  if (columns.length === 0) return "I found it, but there is nothing more to tell about it.";
  const answer = answerOf(row);
  if (answer) return answer;
  const key = keyOf(columns);
  const thing = singular(noun);
  const rest = columns.filter((column) => column !== key && !known.includes(column.name));
  const asked = columnsAsked(question, row);
  const status = columns.find((column) => column.sort === "status" && column !== key);
  const focus = rest.filter(({ name, sort }) => asked.includes(name) && sort !== "status" && sort !== "long");
  const others = rest.filter((it) => it !== status && !focus.includes(it) && it.sort !== "long");
  const extra = byWeight(others, question).slice(0, Math.max(0, EXTRA_FACTS - focus.length));
  const long = rest.filter(
    ({ sort, name }) => sort === "long" && (asked.length === 0 || asked.includes(name)),
  );
  const paragraphs = long.map((it) => `**${capitalise(it.label)}:** ${String(it.value).trim()}`);
  const lead = status
    ? stated(status, key, thing, [...focus, ...extra], question, persona)
    : presented(key, columns, thing, byWeight(others, question), focus, persona);
  return [lead, ...paragraphs].join("\n\n");
}

/** Of a row that holds an answer or an article, the text itself; null for rows of other things. */
function answerOf(row: Record<string, unknown>): string | null {
  const text = columnsOf(row).find(
    ({ label, value }) =>
      /^(?:answer|content|body|text|article|policy|reply|information)$/.test(label) &&
      typeof value === "string" &&
      /\s/.test(value),
  );
  return text ? asSentence(String(text.value)) : null;
}

/** "Your order A-1001 is shipped. The expected delivery is Thursday, 26 November." */
function stated(
  status: Column,
  key: Column | undefined,
  thing: string,
  facts: readonly Column[],
  question: string,
  persona: Persona,
): string {
  const name =
    key?.sort === "key"
      ? `${thing || status.label} ${namesIt(key.label, thing) ? "" : `for ${key.label.replace(/ (?:number|id|code|reference|no)$/, "")} `}${String(key.value)}`
      : key
        ? String(key.value)
        : thing || "it";
  const own = /\b(?:my|mine|i|our)\b/i.test(question) || !key ? `Your ${name}` : name;
  const quoted = facts.filter(({ label, value }) => isFreeText(label, value));
  const told = facts.filter((it) => !quoted.includes(it)).map((column) => factOf(column, persona));
  return [
    `${capitalise(own)} is ${stateOf(status, persona)}.`,
    told.length > 0 ? asSentence(joined(told)) : "",
    ...quoted.map((column) => asSentence(factOf(column, persona))),
  ]
    .filter(Boolean)
    .join(" ");
}

/** "I found **Banana bread** (recipe S-12): 60 minutes, difficulty easy." */
function presented(
  key: Column | undefined,
  columns: readonly Column[],
  thing: string,
  others: readonly Column[],
  focus: readonly Column[],
  persona: Persona,
): string {
  const title = columns.find(({ sort }) => sort === "title") ?? key;
  const code =
    key && key !== title && key.sort === "key"
      ? ` (${[thing, String(key.value)].filter(Boolean).join(" ")})`
      : "";
  const name = title ? `**${showValue(title.label, title.value, persona)}**` : thing ? `one ${thing}` : "it";
  const parts = [...focus, ...others.filter((it) => it !== title && !focus.includes(it))]
    .slice(0, 4)
    .map((column) => inShort(column, persona));
  return asSentence(`I found ${name}${code}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}`);
}

/** A fact in a row of facts: "2 bedrooms", "price €1,450", "available from Tuesday, 1 December". */
export function inShort(column: Column, persona: Persona): string {
  const shown = quoteFree(column.label, column.value, persona);
  if (column.sort === "number" && isPlural(column.label.split(" ")[0] ?? ""))
    return `${shown} ${column.value === 1 ? column.label.replace(/^\S+/, (first) => singular(first)) : column.label}`;
  if (column.sort === "flag") return column.value === true ? column.label : `not ${column.label}`;
  return `${column.label.replace(/ (?:at|on)$/, "")} ${shown}`;
}

export function stateOf(status: Column, persona: Persona): string {
  const shown = showValue(status.label, status.value, persona);
  return /^(?:\p{Lu}\p{Ll}+)(?: \p{Ll}+)*$/u.test(shown) ? shown.toLowerCase() : shown;
}

/** "the total is 89.90", "it was ordered on Monday, 16 November". */
export function factOf(column: Column, persona: Persona): string {
  const shown = showValue(column.label, column.value, persona);
  const event = /^(?:date )?((?:[a-z]+ )?[a-z]+(?:ed|ught|aid|en|ent|ade)) (?:on|at|date)$/.exec(
    column.label,
  )?.[1];
  if (event && column.sort === "day") return `it was ${event} on ${shown}`;
  if (
    column.sort === "day" &&
    /^(?:starts?|ends?|begins?|arrives?|opens?|closes?|expires?|due)(?: at| on)?$/.test(column.label)
  )
    return column.label.startsWith("due")
      ? `it is due on ${shown}`
      : `it ${column.label.replace(/s?(?: at| on)?$/, "")}s on ${shown}`;
  const label = column.label.replace(/ (?:at|on)$/, "");
  if (isFreeText(column.label, column.value)) return `the ${label}: “${shown}”`;
  const many = /[^s]s$/.test(label) && !/(?:us|is|ss|address|status)$/.test(label);
  return `the ${label} ${many ? "are" : "is"} ${shown}`;
}

/** What people care for most comes first: days and money, then names and numbers. */
function byWeight(columns: Column[], question: string): Column[] {
  const weight = { day: 0, money: 1, title: 2, text: 3, number: 4, flag: 5, key: 6, status: 7, long: 8 };
  // To "where is it?" the coming date says more than the past one.
  const coming = /\b(?:where|when|arrive|track|status)/i.test(question) ? COMING : null;
  const of = ({ label, sort }: Column) =>
    coming?.test(label) ? -1 : sort === "day" && PAST.test(label) ? 3.5 : weight[sort];
  return columns
    .map((column, index) => ({ column, index }))
    .sort((a, b) => of(a.column) - of(b.column) || a.index - b.index)
    .map(({ column }) => column);
}

const COMING = /expect|estimat|due|eta\b|arriv|deliver|ready|start|track/;
const PAST = /ed(?: (?:on|at|date))?$|^date$/;
