import type { Talk, Task } from "../dialogue/talk.ts";
import { type Day, dayOf } from "../read/calendar.ts";
import type { Persona, Property } from "../scene/scene.ts";
import { rowInFocus } from "./from-rows.ts";
import { pickDays } from "./pick-days.ts";
import { dealNumbers } from "./pick-number.ts";
import type { Place, Put } from "./place.ts";
import { putProse } from "./put-prose.ts";
import { questionFor } from "./question-for.ts";
import { pointedAt, remembered } from "./remembered.ts";
import { spoken } from "./spoken.ts";
import { isValid } from "./valid.ts";

type Filled = {
  args: Record<string, unknown>;
  /** Required properties that nothing said so far gives, in the schema's order. */
  missing: Property[];
};

/**
 * Fills a tool's arguments from everything that was said and found. What the schema forbids is left out, so that
 * a call with no `missing` is always allowed.
 */
export function fill(task: Task, talk: Talk, persona: Persona, asked: ReadonlySet<string>): Filled {
  const place: Place = { task, talk, persona, asked };
  const { properties } = task.tool;
  const args: Record<string, unknown> = {};
  const put = (property: Property, value: unknown) => {
    if (
      value !== undefined &&
      value !== null &&
      args[property.name] === undefined &&
      isValid(value, property)
    )
      args[property.name] = value;
  };
  for (const property of properties) put(property, task.given[property.name]);
  const days = pickDays(task.texts, properties, persona.today, standingDay(task, talk));
  for (const property of properties) put(property, days.get(property.name));
  for (const property of properties) put(property, spoken(property, place));
  putNumbers(place, args, put);
  for (const property of properties) if (property.required) put(property, remembered(property, place));
  for (const property of properties) if (!property.required) put(property, pointedAt(property, place));
  const question = questionFor(task.tool, task.texts);
  if (question !== null)
    for (const property of properties) if (property.kind === "prose") put(property, question);
  putProse(place, args, put);
  for (const property of properties) if (property.required) put(property, property.schema.default);
  return {
    args,
    missing: properties.filter((property) => property.required && args[property.name] === undefined),
  };
}

/** The day of what a change is about. */
function standingDay({ tool, texts }: Task, talk: Talk): Day | null {
  if (tool.action !== "change") return null;
  const row = rowInFocus(talk, texts.join(" ")) ?? {};
  const day = Object.values(row)
    .map((value) => /^(\d{4})-(\d{2})-(\d{2})/.exec(String(value)))
    .find((it) => it);
  return day ? dayOf(Number(day[1]), Number(day[2]), Number(day[3])) : null;
}

function putNumbers({ task, asked }: Place, args: Record<string, unknown>, put: Put): void {
  for (let at = task.texts.length - 1; at >= 0; at -= 1) {
    const open = task.tool.properties.filter((property) => args[property.name] === undefined);
    const wanted = new Set(
      open
        .filter((it) => it.required || (asked.has(it.name) && at === task.texts.length - 1))
        .map((it) => it.name),
    );
    const dealt = dealNumbers(task.texts[at] ?? "", open, wanted);
    for (const property of open) put(property, dealt.get(property.name));
  }
}
