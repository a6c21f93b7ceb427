import type { Persona } from "../scene/scene.ts";
import { counted, plural, singular } from "../text/grammar.ts";
import { type Column, columnsOf, keyOf } from "./row-parts.ts";
import { quoteFree, showValue } from "./show-value.ts";
import { inShort, stateOf } from "./tell-row.ts";

/** Rows listed at most; the rest are counted. */
const LISTED = 8;

/** Several rows as a short list, or that there are none. */
export function tellRows(
  rows: readonly Record<string, unknown>[],
  total: number,
  noun: string,
  persona: Persona,
): string {
  const thing = singular(noun || "entry");
  const lines = rows.slice(0, LISTED).map((row) => `- ${lineOf(row, persona)}`);
  const more = total > lines.length ? `\n\nThese are the newest ${lines.length} of ${total}.` : "";
  return `I found ${counted(total, thing)}:\n\n${lines.join("\n")}${more}`;
}

export function tellNone(noun: string, filtered: boolean): string {
  const things = plural(singular(noun || "entry"));
  return filtered ? `I couldn't find any ${things} that match.` : `I couldn't find any ${things}.`;
}

function lineOf(row: Record<string, unknown>, persona: Persona): string {
  const columns = columnsOf(row);
  const key = keyOf(columns);
  const rest = columns
    .filter((column) => column !== key && WEIGHT[column.sort] < 9)
    .sort((a, b) => WEIGHT[a.sort] - WEIGHT[b.sort]);
  const day = whenOf(rest, persona);
  const others = rest
    .filter(({ sort }) => sort !== "day")
    .slice(0, day ? 3 : 4)
    .map((column) => partOf(column, persona));
  const head = key ? `**${showValue(key.label, key.value, persona)}**` : "";
  return [head, [...others, ...(day ? [day] : [])].join(", ")].filter(Boolean).join(": ");
}

const WEIGHT: Record<Column["sort"], number> = {
  title: 0,
  text: 1,
  status: 2,
  money: 3,
  number: 4,
  day: 5,
  key: 6,
  flag: 9,
  long: 9,
};

/** One day, or the two of a span; a coming day rather than a past one. */
function whenOf(columns: readonly Column[], persona: Persona): string | null {
  const days = columns.filter(({ sort }) => sort === "day");
  const [first, second] = days;
  if (
    first &&
    second &&
    /start|from|first|check-?in|begin/.test(first.label) &&
    /end|to\b|until|last|check-?out/.test(second.label)
  )
    return `from ${showValue("", first.value, persona)} to ${showValue("", second.value, persona)}`;
  const best = days.find(({ label }) => !/ed(?: (?:on|at|date))?$/.test(label)) ?? first;
  return best ? showValue(best.label, best.value, persona) : null;
}

function partOf(column: Column, persona: Persona): string {
  if (column.sort === "status") return stateOf(column, persona);
  const shown = quoteFree(column.label, column.value, persona);
  return column.sort === "number" ? inShort(column, persona) : shown;
}
