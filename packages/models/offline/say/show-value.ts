import { clockTime, dayOf, longDay } from "../read/calendar.ts";
import { isMoneyWord } from "../scene/property-kind.ts";
import type { Persona } from "../scene/scene.ts";
import { joined } from "../text/grammar.ts";

/** A value as a person reads it in a sentence. `label` tells money from other numbers. */
export function showValue(label: string, value: unknown, persona: Persona): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return isMoneyWord(label) ? money(value, persona.currency) : number(value);
  if (Array.isArray(value)) return joined(value.slice(0, 20).map((item) => showValue(label, item, persona)));
  if (typeof value !== "string")
    return value === null || value === undefined ? "none" : oneLine(JSON.stringify(value));
  const clock = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(value);
  if (clock) return clockTime(Number(clock[1]) * 60 + Number(clock[2]));
  return (
    dayAndTime(value, persona) ??
    (/^[a-z]+(?:_[a-z]+)+$/.test(value) ? value.replaceAll("_", " ") : value.trim())
  );
}

/** "Tuesday, 24 November at 3 pm" for ISO dates and date-times; null for anything else. */
export function dayAndTime(value: string, persona: Persona): string | null {
  const m = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(
    value,
  );
  if (!m) return null;
  const day = dayOf(Number(m[1]), Number(m[2]), Number(m[3]));
  if (day === null) return null;
  const shown = longDay(day, persona.today);
  return m[4] === undefined ? shown : `${shown} at ${clockTime(Number(m[4]) * 60 + Number(m[5]))}`;
}

function money(value: number, currency: string | null): string {
  const [whole = "0", cents = "00"] = Math.abs(value).toFixed(2).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  if (Number.isInteger(value) && Math.abs(value) >= 1_000)
    return `${value < 0 ? "-" : ""}${currency ?? ""}${grouped}`;
  return `${value < 0 ? "-" : ""}${currency ?? ""}${grouped}.${cents}`;
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Math.round(value * 100) / 100);
}

function oneLine(json: string): string {
  return json.length > 120 ? `${json.slice(0, 117)}…` : json;
}

/** Columns that hold what somebody wrote in their own words. */
const FREE =
  /\b(?:details?|reason|problem|comments?|description|notes?|message|goal|interest|motivation|issue|feedback|wish(?:es)?|complaint|symptoms?|summary|what happened|offer|story|question|instructions?)\b/;

/** Whether a value is free text, which is told back in quotes: words of somebody, not of the one who tells. */
export function isFreeText(label: string, value: unknown): boolean {
  if (typeof value !== "string" || !/\S\s+\S/.test(value) || /^\d/.test(value)) return false;
  return FREE.test(label) || (/^\p{Ll}/u.test(value) && value.split(/\s+/).length > 3);
}

/** A value in a sentence, in quotes if it is free text. */
export function quoteFree(label: string, value: unknown, persona: Persona): string {
  const shown = showValue(label, value, persona);
  return isFreeText(label, value) ? `“${shown}”` : shown;
}
