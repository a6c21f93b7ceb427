import type { Talk, Task } from "../dialogue/talk.ts";
import { type Day, dayOf } from "../read/calendar.ts";
import { findContactsAndTimes } from "../read/find-all.ts";
import { findEmails, findPhones, findUrls } from "../read/find-contacts.ts";
import { answeredName, findPersonName } from "../read/find-names.ts";
import { findYesNo } from "../read/find-yes-no.ts";
import type { Persona, Property } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { terms } from "../text/terms.ts";
import { troubleIn } from "../text/trouble.ts";
import { words } from "../text/words.ts";
import { carryProse, heading, tidy } from "./carry-prose.ts";
import { chooseOption } from "./choose-option.ts";
import { codesFor } from "./code.ts";
import { exampleIn, partlyIn } from "./examples.ts";
import { newestRows, rowInFocus, valueIn } from "./from-rows.ts";
import { pickDays } from "./pick-days.ts";
import { dealNumbers } from "./pick-number.ts";
import { refersBack } from "./refers-back.ts";
import { findPhrase } from "./residual.ts";
import { isValid } from "./valid.ts";

export type Filled = {
  args: Record<string, unknown>;
  /** Required properties that nothing said so far gives, in the schema's order. */
  missing: Property[];
};

type Place = { task: Task; talk: Talk; persona: Persona; asked: ReadonlySet<string> };

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

type Put = (property: Property, value: unknown) => void;

/** What the person says of a property in so many words; the newest message first. */
function spoken(property: Property, place: Place): unknown {
  const { texts } = place.task;
  for (let at = texts.length - 1; at >= 0; at -= 1) {
    const text = texts[at] ?? "";
    const asked = at === texts.length - 1 && place.asked.has(property.name);
    const value = spokenIn(text, property, place, asked);
    if (value !== undefined && value !== null && isValid(value, property)) return value;
  }
  return undefined;
}

function spokenIn(text: string, property: Property, place: Place, asked: boolean): unknown {
  switch (property.kind) {
    case "enum":
      return chooseOption(text, property.schema.enum as unknown[], asked);
    case "boolean":
      return asked ? findYesNo(text) : stated(text, property);
    case "code": {
      const codes = codesFor(text, property);
      if (codes.length > 0)
        return codes.at(/\b(?:no|not|sorry|meant|mean|instead)\b/i.test(text) ? -1 : 0)?.text;
      return asked && !property.schema.pattern ? loneWord(text) : undefined;
    }
    case "email":
      return findEmails(text)[0]?.text;
    case "phone":
      return findPhones(text, findContactsAndTimes(text))[0]?.text.trim();
    case "url":
      return findUrls(text)[0]?.text;
    case "person":
      return asked ? (answeredName(text) ?? findPersonName(text)) : findPersonName(text);
    case "text":
      return spokenText(text, property, place, asked);
    case "prose":
      return asked ? wholeAnswer(text) : undefined;
    case "list":
      return asked ? listed(text) : undefined;
    default:
      return undefined;
  }
}

function spokenText(text: string, property: Property, place: Place, asked: boolean): string | undefined {
  if (isHeading(property) && !asked && place.task.tool.properties.some(({ kind }) => kind === "prose"))
    return undefined;
  const known =
    exampleIn(text, property.schema.examples) ?? exampleIn(text, shownValues(property, place.talk));
  const partly =
    known ?? partlyIn(text, [...shownValues(property, place.talk), ...listOf(property.schema.examples)]);
  if (partly) return partly;
  const phrase = findPhrase(text, property, place.task.tool, false);
  if (phrase) return phrase;
  return asked ? shortAnswer(text, property) : undefined;
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

/** What tools have shown under this property's name. */
function shownValues(property: Property, talk: Talk): unknown[] {
  return talk.rows.map(({ row }) => row[property.name]).filter((value) => typeof value === "string");
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** "urgent" in the text makes `urgent` true; "not urgent" makes it false. */
function stated(text: string, property: Property): boolean | undefined {
  const all = words(text);
  const at = all.findIndex((word) => property.terms.has(conceptOf(word.stem)));
  if (at < 0) return undefined;
  return !all
    .slice(Math.max(0, at - 3), at)
    .some((word) => /^(?:no|not|without|isn't|don't|never|doesn't|aren't|non)$/.test(word.lower));
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

/** What earlier messages, calls and found rows tell of a needed property. */
function remembered(property: Property, { task, talk, persona }: Place): unknown {
  const text = task.texts.join(" ");
  const row = rowInFocus(talk, text);
  switch (property.kind) {
    case "code": {
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

/** An optional code is taken from before only if the person points back at it. */
function pointedAt(property: Property, place: Place): unknown {
  if (property.kind !== "code" || !refersBack(place.task.texts.join(" "))) return undefined;
  // "it" of a message that names something new is not what was before.
  return remembered(property, place);
}

function putProse({ task, talk, asked }: Place, args: Record<string, unknown>, put: Put): void {
  const open = task.tool.properties.filter((it) => it.kind === "prose" && args[it.name] === undefined);
  if (open.length > 0 && task.tool.kind === "work" && task.tool.action !== "find") {
    const carried = carryProse(
      asked.size > 0 && task.texts.length > 1 ? task.texts.slice(0, -1) : task.texts,
      task.tool,
    );
    const told =
      carried ??
      (refersBack(task.texts.join(" ")) || open.some((it) => it.required) ? lastStory(talk, task) : null);
    if (told) {
      const main =
        open.find((it) => it.required && !isHeading(it)) ?? open.find((it) => it.required) ?? open[0];
      for (const property of open)
        if (isHeading(property) && property.required) put(property, main === property ? told : heading(told));
      if (main) put(main, told);
    }
  }
  for (const property of task.tool.properties) {
    if (args[property.name] !== undefined) continue;
    if (property.kind === "text" && property.required) {
      const phrase = task.texts
        .toReversed()
        .map((text) => findPhrase(text, property, task.tool, !claimedElsewhere(property, task, args)))
        .find((it) => it);
      if (isHeading(property) && typeof args.description === "string")
        put(property, heading(args.description));
      put(property, phrase);
    } else if (
      (property.kind === "prose" || property.kind === "text") &&
      property.required &&
      /\b(?:query|question|search|keyword)/.test(property.label)
    )
      put(property, task.texts.at(-1));
  }
}

function isHeading(property: Property): boolean {
  return /\b(?:title|subject|summary|headline|topic)\b/.test(property.label);
}

/** The rest of a request goes to one text property only: the first that is needed and still open. */
function claimedElsewhere(property: Property, task: Task, args: Record<string, unknown>): boolean {
  const first = task.tool.properties.find(
    (it) => it.kind === "text" && it.required && args[it.name] === undefined,
  );
  const earlier = task.tool.properties.some(
    (it) => it.kind === "text" && it.required && args[it.name] !== undefined,
  );
  return (
    first !== property ||
    earlier ||
    task.tool.properties.filter((it) => it.required && it.kind === "text").length > 1
  );
}

/** What the person told just before they asked: "My order arrived broken." – "Can I get a refund?" */
function lastStory(talk: Talk, task: Task): string | null {
  const before = talk.said.filter((said) => !task.texts.includes(said)).slice(-2);
  const told = carryProse(before, task.tool);
  return told && troubleIn(told) ? told : null;
}

function wholeAnswer(text: string): string | undefined {
  const bare = tidy(
    text.replace(
      /^(?:(?:the|my) \w+ (?:is|was)|it's|it is|it was|because)(?: that)?[:,]?\s+(?=\S+\s+\S+\s+\S)/i,
      (lead) => (/^it/i.test(lead) ? lead : ""),
    ),
  );
  return terms(bare).some((term) => !/^[a-z]{0,5}-?\d+$/.test(term)) || !/\d/.test(bare)
    ? bare || undefined
    : undefined;
}

function shortAnswer(text: string, property: Property): string | undefined {
  const bare = tidy(text)
    .replace(
      /^(?:i'd like|i would like|i want|i'll take|i'll have|i need|it's|it is|that's|the|make it|let's do|let's go with|how about|maybe|please|for|in|at|to|about)\s+/i,
      "",
    )
    .replace(/^(?:my|the|a|an)\s+/i, "")
    .replace(/\s+(?:please|thanks|thank you)$/i, "")
    .replace(new RegExp(`^${property.label.replace(/[^a-z ]/g, "")} (?:is|:)\\s*`, "i"), "");
  return bare && bare.length <= 200 ? bare : undefined;
}

function loneWord(text: string): string | undefined {
  const all = words(text).filter((word) => /\d/.test(word.text));
  return all.length === 1 ? all[0]?.text : undefined;
}

function listed(text: string): string[] | undefined {
  const items = tidy(text)
    .split(/\s*(?:,|;|\band\b)\s*/i)
    .filter(Boolean);
  return items.length > 0 ? items : undefined;
}
