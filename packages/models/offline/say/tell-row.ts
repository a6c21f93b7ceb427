import { columnsAsked } from "../dialogue/columns-asked.ts";
import type { Persona } from "../scene/scene.ts";
import { asSentence, capitalise, joined, singular } from "../text/grammar.ts";
import { type Column, columnsOf, keyOf } from "./row-parts.ts";
import { showValue } from "./show-value.ts";

/** How many facts beyond the one asked for a person is told unasked. */
const EXTRA_FACTS = 2;

/** One row that was found, told as an answer to what was asked. */
export function tellRow(
  row: Record<string, unknown>,
  noun: string,
  question: string,
  persona: Persona,
): string {
  const columns = columnsOf(row);
  if (columns.length === 0) return "I found it, but there is nothing more to tell about it.";
  const key = keyOf(columns);
  const thing = singular(noun || "entry");
  const subject = key ? nameOf(thing, key) : `Your ${thing}`;
  const rest = columns.filter((column) => column !== key);
  const asked = columnsAsked(question, row).filter((name) => name !== key?.name);
  const status = rest.find(({ sort }) => sort === "status");
  const focus = rest.filter(({ name, sort }) => asked.includes(name) && sort !== "status");
  const long = rest.filter(({ sort }) => sort === "long");
  const others = rest.filter((it) => it !== status && !focus.includes(it) && it.sort !== "long");
  const extra = byWeight(others, question).slice(0, Math.max(0, EXTRA_FACTS - focus.length));
  const facts = [...focus.filter(({ sort }) => sort !== "long"), ...extra];
  const lines: string[] = [];
  if (status) lines.push(`${subject} is ${stateOf(status, persona)}.`);
  else if (facts.length === 0) lines.push(`${subject}:`);
  const told = facts.map((column) => factOf(column, persona));
  if (told.length > 0)
    lines.push(status ? asSentence(joined(told)) : `For ${uncap(subject)}, ${joined(told)}.`);
  const text = lines.join(" ");
  const paragraphs = long
    .filter((it) => asked.length === 0 || asked.includes(it.name))
    .map((it) => `**${capitalise(it.label)}:** ${String(it.value).trim()}`);
  return [text, ...paragraphs].join("\n\n");
}

/** "Your order A-1001", "The recipe “Banana bread”". */
function nameOf(thing: string, key: Column): string {
  return key.sort === "key" ? `Your ${thing} ${String(key.value)}` : String(key.value);
}

function uncap(subject: string): string {
  return subject.replace(/^Your /, "your ");
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
