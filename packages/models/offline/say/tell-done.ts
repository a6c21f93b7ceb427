import type { Persona, ToolFacts } from "../scene/scene.ts";
import { asSentence, capitalise, joined, singular } from "../text/grammar.ts";
import { pastOf } from "../text/verbs.ts";
import { namesIt } from "./names-it.ts";
import { type Column, columnsOf, keyOf } from "./row-parts.ts";
import { dayAndTime, quoteFree, showValue } from "./show-value.ts";
import { factOf } from "./tell-row.ts";

/** States in which everything new begins: they say nothing beyond "done". */
const FIRST_STATE =
  /^(?:open|new|booked|active|created|added|saved|scheduled|registered|recorded|logged|submitted|requested|received|done|cancelled|canceled|closed)$/i;

/** Says that something was done, with what the person will want to keep. */
export function tellDone(
  tool: ToolFacts,
  args: Record<string, unknown>,
  row: Record<string, unknown> | null,
  persona: Persona,
): string {
  const columns = row ? columnsOf(row) : [];
  const key = keyOf(columns);
  const isNew = key?.sort === "key" && args[key.name] === undefined;
  const told = [
    ...(isNew && key ? [`your ${key.label} is ${String(key.value)}`] : []),
    ...factsOf(tool, columns, args, key, persona),
  ];
  const long = columns.filter(({ name, sort }) => sort === "long" && args[name] === undefined);
  const paragraphs = long.map(({ label, value }) => `**${capitalise(label)}:** ${String(value).trim()}`);
  const sentence = `Done! I've ${[pastOf(tool.verb), tool.particle].filter(Boolean).join(" ")} ${whatOf(tool, columns, args, isNew ? undefined : key, persona)}${whenOf(tool, columns, args, persona)}.`;
  return [
    [sentence, told.length > 0 ? asSentence(joined(told)) : ""].filter(Boolean).join(" "),
    ...paragraphs,
  ].join("\n\n");
}

export function thingOf(tool: ToolFacts): string {
  return tool.action === "find" ? tool.noun : singular(tool.noun);
}

/** "your refund for order A-1001", "your class (Spin)", "your appointment V-1001". */
function whatOf(
  tool: ToolFacts,
  columns: readonly Column[],
  args: Record<string, unknown>,
  known: Column | undefined,
  persona: Persona,
): string {
  const noun = thingOf(tool);
  if (!noun) return known ? String(known.value) : "it";
  if (known?.sort === "key" && namesIt(known.label, noun)) return `your ${noun} ${String(known.value)}`;
  const code = tool.properties.find(({ kind, name }) => kind === "code" && typeof args[name] === "string");
  if (code) {
    const other = code.label.replace(/ (?:number|id|code|reference|no)$/, "");
    return `your ${noun} for ${noun.includes(other) ? "" : `${other} `}${String(args[code.name])}`;
  }
  const telling = ["title", "text"].flatMap((wanted) => columns.filter(({ sort }) => sort === wanted));
  const title = telling.find(
    ({ name, label, value }) =>
      typeof args[name] === "string" &&
      String(value).length <= 60 &&
      !NOT_TELLING.test(label) &&
      !/^\d{1,2}:\d{2}$/.test(String(value)),
  );
  return title && tool.action === "create"
    ? `your ${noun} (${quoteFree(title.label, title.value, persona)})`
    : `your ${noun}`;
}

const NOT_TELLING = /priority|urgency|severity|level|status|size|method|e-?mail|phone|reason|note/;

/** " for Tuesday, 24 November at 3 pm", " from Monday … to Friday …", or nothing where days do not read well. */
function whenOf(
  tool: ToolFacts,
  columns: readonly Column[],
  args: Record<string, unknown>,
  persona: Persona,
): string {
  if (!SAYS_WHEN.test(tool.verb)) return "";
  // Only a day that was given is one that something has moved to.
  const isMove = MOVES.test(tool.verb) && tool.action === "change";
  const days = columns
    .filter(({ sort, label }) => sort === "day" && !/ed(?: (?:on|at))?$/.test(label))
    .filter(({ name }) => !isMove || args[name] !== undefined)
    .flatMap(({ value }) => dayAndTime(String(value), persona) ?? []);
  const [first, second] = days;
  const weekday = columns.find(({ value }) => WEEKDAY.test(String(value)));
  if (!first)
    return weekday && tool.action !== "cancel"
      ? ` on ${String(weekday.value)}${atTime(columns, persona)}`
      : "";
  if (second && second !== first) return ` from ${first} to ${second}`;
  const at = first.includes(" at ") ? "" : atTime(columns, persona);
  return ` ${MOVES.test(tool.verb) ? "to" : "for"} ${first}${at}`;
}

function atTime(columns: readonly Column[], persona: Persona): string {
  const time = columns.find(
    ({ label, value }) => /\btime\b/.test(label) && /^\d{2}:\d{2}$/.test(String(value)),
  );
  return time ? ` at ${showValue(time.label, time.value, persona)}` : "";
}

const WEEKDAY = /^(?:mon|tues|wednes|thurs|fri|satur|sun)day$/i;
const SAYS_WHEN =
  /^(?:book|schedule|reserve|reschedule|cancel|arrange|request|move|plan|set|change|postpone|apply|make)$/;
const MOVES = /^(?:reschedule|move|change|postpone)$/;

/** Money, a state worth telling, and what a change has set. */
function factsOf(
  tool: ToolFacts,
  columns: readonly Column[],
  args: Record<string, unknown>,
  key: Column | undefined,
  persona: Persona,
): string[] {
  const facts = columns
    .filter(({ sort }) => sort === "money")
    .slice(0, 2)
    .map((column) => factOf(column, persona));
  const status = columns.find(({ sort }) => sort === "status");
  if (tool.action === "change") {
    const set = columns.filter(
      (it) =>
        it !== key &&
        args[it.name] !== undefined &&
        !["day", "money", "long"].includes(it.sort) &&
        !/\btime\b/.test(it.label),
    );
    return [
      ...set.slice(0, 3).map((column) => factOf(column, persona).replace(/ (is|are) /, " $1 now ")),
      ...facts,
    ];
  }
  // What was worked out while it was done: "it is correct".
  if (tool.action === "create")
    for (const { name, label, value } of columns.filter(({ sort }) => sort === "flag").slice(0, 2))
      if (args[name] === undefined) facts.push(`it is ${value === true ? "" : "not "}${label}`);
  if (
    tool.action === "create" &&
    status &&
    args[status.name] === undefined &&
    !FIRST_STATE.test(String(status.value)) &&
    String(status.value).toLowerCase() !== pastOf(tool.verb)
  )
    facts.push(`its ${status.label} is ${showValue(status.label, status.value, persona)}`);
  return tool.action === "cancel" ? facts.slice(0, 0) : facts;
}
