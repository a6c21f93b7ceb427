import type { Talk, Task } from "../dialogue/talk.ts";
import { findPersonName } from "../read/find-names.ts";
import type { Persona, Property } from "../scene/scene.ts";
import { codesFor } from "./code.ts";
import { newestRows, rowInFocus, valueIn } from "./from-rows.ts";
import type { Place } from "./place.ts";
import { placeIn, refersBack } from "./refers-back.ts";
import { spoken, spokenIn } from "./spoken.ts";
import { isValid } from "./valid.ts";

/** What earlier messages, calls and found rows tell of a needed property. */
export function remembered(property: Property, { task, talk, persona }: Place): unknown {
  const text = task.texts.join(" ");
  const row = rowInFocus(talk, text);
  switch (property.kind) {
    case "code": {
      const listed = /\bWhich one do you mean\b/.test(talk.answer) ? codesFor(talk.answer, property) : [];
      const place = placeIn(
        (task.texts.at(-1) ?? "").replace(/^(?=first|second|third|fourth|last)/i, "the "),
      );
      if (listed.length > 1 && place !== null) return listed.at(place)?.text;
      if (
        task.tool.action === "cancel" &&
        !refersBack(text) &&
        shownCodes(property, talk).length > 1 &&
        !isPicked(row, text, talk)
      )
        return undefined;
      if (row && valueIn(row, property) !== undefined) return valueIn(row, property);
      if (
        newestRows(talk.rows).length > 1 &&
        newestRows(talk.rows).some((it) => valueIn(it.row, property) !== undefined)
      )
        return undefined;
      for (const args of talk.used.toReversed())
        if (isValid(args[property.name], property) && args[property.name] !== undefined)
          return args[property.name];
      return talk.said.toReversed().flatMap((said) => codesFor(said, property).map((code) => code.text))[0];
    }
    case "money":
      return row && sharesKey(row, task, talk) ? valueIn(row, property) : undefined;
    case "email":
    case "phone":
      for (const args of talk.used.toReversed())
        if (args[property.name] !== undefined) return args[property.name];
      return talk.said
        .toReversed()
        .map((said) => spokenIn(said, property, { task, talk, persona, asked: new Set() }, false))
        .find((it) => it);
    case "person":
      for (const args of talk.used.toReversed())
        if (args[property.name] !== undefined) return args[property.name];
      return (
        talk.said
          .toReversed()
          .map(findPersonName)
          .find((it) => it) ?? (/\bfor (?:my|his|her|a|someone)\b/i.test(text) ? undefined : persona.person)
      );
    case "text":
      return row &&
        row[property.name] !== undefined &&
        newestRows(talk.rows)[0]?.tool !== task.tool.name &&
        (refersBack(text) || task.tool.action === "create")
        ? row[property.name]
        : undefined;
    default:
      return undefined;
  }
}

/** An optional code is taken from before only if the person points back at it. */
export function pointedAt(property: Property, place: Place): unknown {
  if (property.kind !== "code" || !refersBack(place.task.texts.join(" "))) return undefined;
  // "it" of a message that names something new is not what was before.
  return remembered(property, place);
}

/** The different things a property could name, of all that was shown. */
export function shownCodes(property: Property, talk: Talk): string[] {
  const values = talk.rows.map(({ row }) => valueIn(row, property));
  return [...new Set(values.filter((value): value is string => typeof value === "string"))];
}

/** Whether the text itself picks the row out of several, not only its being the newest. */
function isPicked(row: Record<string, unknown> | null, text: string, talk: Talk): boolean {
  return row !== null && newestRows(talk.rows).length > 1 && rowInFocus(talk, text) === row;
}

/** An amount may come from the row only if the row is what the task is about. */
function sharesKey(row: Record<string, unknown>, task: Task, talk: Talk): boolean {
  const codes = task.tool.properties.filter((property) => property.kind === "code" && property.required);
  return (
    codes.length === 0 ||
    codes.some(
      (property) =>
        valueIn(row, property) ===
        (spoken(property, { task, talk, persona: NOBODY, asked: new Set() }) ?? valueIn(row, property)),
    )
  );
}

const NOBODY: Persona = {
  title: null,
  app: null,
  about: null,
  handles: null,
  today: null,
  person: null,
  currency: null,
  facts: [],
};
