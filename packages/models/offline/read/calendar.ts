/** A day as days since 1970-01-01, so that arithmetic needs no clock and no time zone. */
export type Day = number;

export const MONTHS = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
];
export const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const DAY_MS = 86_400_000;

/** Null unless the three make a real day. `month` counts from 1. */
export function dayOf(year: number, month: number, date: number): Day | null {
  const at = new Date(Date.UTC(year, month - 1, date));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return real && year >= 1 && year <= 9999 ? Math.round(at.getTime() / DAY_MS) : null;
}

export function partsOf(day: Day): { year: number; month: number; date: number; weekday: number } {
  const at = new Date(day * DAY_MS);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    date: at.getUTCDate(),
    weekday: at.getUTCDay(),
  };
}

/** `2026-11-22`. */
export function isoDay(day: Day): string {
  const { year, month, date } = partsOf(day);
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(date)}`;
}

/** The same date some months on, or the month's last day where there is no such date. */
export function addMonths(day: Day, months: number): Day {
  const { year, month, date } = partsOf(day);
  const index = year * 12 + month - 1 + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
  for (let last = date; last > 27; last -= 1) {
    const found = dayOf(toYear, toMonth, last);
    if (found !== null) return found;
  }
  return dayOf(toYear, toMonth, Math.min(date, 28)) ?? day;
}

/** "Tuesday, 24 November 2026"; the year is left out when it is the year of `today`. */
export function longDay(day: Day, today: Day | null): string {
  const { year, month, date, weekday } = partsOf(day);
  const name = (list: string[], at: number) => {
    const word = list[at] ?? "";
    return word.charAt(0).toUpperCase() + word.slice(1);
  };
  const sameYear = today !== null && partsOf(today).year === year;
  return `${name(WEEKDAYS, weekday)}, ${date} ${name(MONTHS, month - 1)}${sameYear ? "" : ` ${year}`}`;
}

/** Minutes since midnight as "3 pm", "9:30 am". */
export function clockTime(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  const hour12 = hours % 12 === 0 ? 12 : hours % 12;
  return `${hour12}${rest ? `:${two(rest)}` : ""} ${hours < 12 ? "am" : "pm"}`;
}

export function two(n: number): string {
  return String(n).padStart(2, "0");
}
