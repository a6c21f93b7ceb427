import type { Talk } from "../dialogue/talk.ts";
import { findContactsAndTimes } from "../read/find-all.ts";
import { findEmails, findPhones, findUrls } from "../read/find-contacts.ts";
import { answeredName, findPersonName } from "../read/find-names.ts";
import { findYesNo } from "../read/find-yes-no.ts";
import type { Property } from "../scene/scene.ts";
import { conceptOf } from "../text/concepts.ts";
import { words } from "../text/words.ts";
import { listed, loneWord, shortAnswer, wholeAnswer } from "./answer-text.ts";
import { chooseOption } from "./choose-option.ts";
import { codesFor } from "./code.ts";
import { exampleIn, partlyIn } from "./examples.ts";
import { isHeading } from "./heading-property.ts";
import type { Place } from "./place.ts";
import { findPhrase } from "./residual.ts";
import { isValid } from "./valid.ts";

/** What the person says of a property in so many words; the newest message first. */
export function spoken(property: Property, place: Place): unknown {
  const { texts } = place.task;
  for (let at = texts.length - 1; at >= 0; at -= 1) {
    const text = texts[at] ?? "";
    const asked = at === texts.length - 1 && place.asked.has(property.name);
    const value = spokenIn(text, property, place, asked);
    if (value !== undefined && value !== null && isValid(value, property)) return value;
  }
  return undefined;
}

export function spokenIn(text: string, property: Property, place: Place, asked: boolean): unknown {
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
