import { type Day, isoDay, two } from "../read/calendar.ts";
import { findDayRange, findDays } from "../read/find-days.ts";
import { findTimes } from "../read/find-times.ts";
import type { Property } from "../scene/scene.ts";

const LAST = /\b(?:end|until|till|to|return|check ?out|last|finish|through|due|deadline|departure|back)\b/i;

/**
 * Days and times for the properties that want them. `texts` are the messages about this request, oldest first:
 * "tomorrow" and, when asked, "3 pm" make one date-time. What is said later counts.
 */
export function pickDays(
  texts: readonly string[],
  properties: readonly Property[],
  today: Day | null,
  known: Day | null,
): Map<string, string> {
  const takers = properties.filter(({ kind }) => kind === "date" || kind === "datetime");
  const clocks = properties.filter(({ kind }) => kind === "time");
  const picked = new Map<string, string>();
  let days: Day[] = [];
  let minutes: number[] = [];
  for (const text of texts) {
    const range = findDayRange(text, today);
    const here = range ? range.map(({ day }) => day) : findDays(text, today).map(({ day }) => day);
    if (here.length > 0)
      days =
        days.length === 1 &&
        takers.length > 1 &&
        here.length === 1 &&
        here[0] !== undefined &&
        days[0] !== undefined &&
        here[0] >= days[0]
          ? [...days, ...here]
          : here;
    const times = findTimes(text).map((it) => it.minutes);
    if (times.length > 0) minutes = times;
  }
  // "Make it 4 pm" moves within the day that stands.
  if (days.length === 0 && minutes.length > 0 && known !== null) days = [known];
  const length = lengthIn(texts.join(" "));
  if (days.length === 1 && length !== null && takers.length > 1 && days[0] !== undefined)
    days = [days[0], days[0] + length - 1];
  for (const [index, property] of takers.entries()) {
    const day = days[takers.length === 1 ? days.length - 1 : slot(index, takers)];
    if (day === undefined) continue;
    if (property.kind === "date") picked.set(property.name, isoDay(day));
    else if (minutes.length > 0) {
      const time = minutes[Math.min(index, minutes.length - 1)] ?? 0;
      picked.set(property.name, `${isoDay(day)}T${two(Math.floor(time / 60))}:${two(time % 60)}:00Z`);
    }
  }
  for (const [index, property] of clocks.entries()) {
    const time = minutes[Math.min(index, minutes.length - 1)];
    if (time === undefined) continue;
    const shown = `${two(Math.floor(time / 60))}:${two(time % 60)}`;
    picked.set(property.name, property.schema.format === "time" ? `${shown}:00Z` : shown);
  }
  return picked;
}

/** Which of the days said a property takes: the last one if it is an end, the first one otherwise. */
function slot(index: number, takers: readonly Property[]): number {
  if (takers.length !== 2) return index;
  const [first, second] = takers;
  if (first && second && LAST.test(first.label) && !LAST.test(second.label)) return 1 - index;
  return index;
}

/** "for 3 days", "a week": how many days, or null. */
function lengthIn(text: string): number | null {
  const m = /\bfor (?:the )?(?:(\d{1,3})|a|one|two|three|four|five) (day|night|week)s?\b/i.exec(text);
  if (!m) return null;
  const count = m[1]
    ? Number(m[1])
    : Math.max(
        1,
        ["", "one", "two", "three", "four", "five"].indexOf(
          (/(one|two|three|four|five)/i.exec(m[0])?.[1] ?? "one").toLowerCase(),
        ),
      );
  return m[2]?.toLowerCase() === "week" ? count * 7 : m[2]?.toLowerCase() === "night" ? count + 1 : count;
}

/** Whether a date-time lacks only its time. */
export function hasDayWithoutTime(texts: readonly string[], today: Day | null): Day | null {
  const days = texts.flatMap((text) => findDays(text, today).map(({ day }) => day));
  const timed = texts.some((text) => findTimes(text).length > 0);
  return timed ? null : (days.at(-1) ?? null);
}
