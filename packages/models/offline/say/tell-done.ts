import type { Persona, ToolFacts } from "../scene/scene.ts";
import { asSentence, capitalise, joined, singular } from "../text/grammar.ts";
import { pastOf } from "../text/verbs.ts";
import { columnsOf, keyOf } from "./row-parts.ts";
import { dayAndTime, showValue } from "./show-value.ts";
import { factOf } from "./tell-row.ts";

/** Says that something was done, with what the person will want to keep. */
export function tellDone(
  tool: ToolFacts,
  args: Record<string, unknown>,
  row: Record<string, unknown> | null,
  persona: Persona,
): string {
  const columns = row ? columnsOf(row) : [];
  const key = keyOf(columns);
  const isNew = key !== undefined && args[key.name] === undefined;
  const noun = thingOf(tool);
  const when = columns.find(({ sort }) => sort === "day");
  const day = when && typeof when.value === "string" ? dayAndTime(when.value, persona) : null;
  const known = !isNew && key && key.sort === "key" ? ` ${String(key.value)}` : "";
  const lead = `Done! I've ${pastOf(tool.verb)} ${noun ? `your ${noun}${known}` : "it"}${day && when && saysWhen(tool) ? ` for ${day}` : ""}.`;
  const status = columns.find(({ sort }) => sort === "status");
  const facts = columns
    .filter((column) => column !== key && column.sort === "money")
    .slice(0, 2)
    .map((column) => `the ${factOf(column, persona)}`);
  if (status && !sameWord(status.value, tool.verb))
    facts.push(`the ${status.label} is now ${showValue(status.label, status.value, persona)}`);
  const changed =
    tool.action === "change"
      ? columns
          .filter(
            (it) =>
              it !== key &&
              it !== when &&
              it !== status &&
              it.sort !== "money" &&
              args[it.name] !== undefined &&
              it.sort !== "long",
          )
          .slice(0, 2)
          .map((it) => `the ${factOf(it, persona)}`)
      : [];
  const number = isNew && key?.sort === "key" ? [`your ${key.label} is ${String(key.value)}`] : [];
  const told = [...number, ...changed, ...facts];
  return told.length > 0 ? `${lead} ${asSentence(joined(told))}` : lead;
}

export function thingOf(tool: ToolFacts): string {
  return tool.action === "find" ? tool.noun : singular(tool.noun);
}

/** "I've booked … for Tuesday" reads well; "I've cancelled … for Tuesday" reads well too; filing a report does not. */
function saysWhen(tool: ToolFacts): boolean {
  return /^(?:book|schedule|reserve|reschedule|cancel|arrange|request|move|plan|set|change|postpone|apply|make)$/.test(
    tool.verb,
  );
}

/** "requested" after "I've requested" says nothing new. */
function sameWord(value: unknown, verb: string): boolean {
  return typeof value === "string" && capitalise(value.replace(/[_-]/g, " ")).toLowerCase() === pastOf(verb);
}
