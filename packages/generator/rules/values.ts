import type { Comparison, Rule } from "#protocol/api/rule";
import type { Cell } from "../catalogue/capability.ts";

type OfColumn = Extract<Rule, { kind: "range" | "weekdays" | "hours" | "notice" }>;

/** A value that a rule allows: the given one if it does. */
export function allowed(rule: Rule, value: Cell): Cell {
  switch (rule.kind) {
    case "range":
      if (typeof value !== "number") return value;
      return Math.min(rule.max ?? Infinity, Math.max(rule.min ?? -Infinity, value));
    case "weekdays": {
      if (typeof value !== "string") return value;
      const start = Date.parse(`${value}T00:00:00Z`);
      const day = [0, 1, 2, 3, 4, 5, 6]
        .map((it) => start + it * DAY)
        .find((it) => rule.days.includes(new Date(it).getUTCDay()));
      return day === undefined || Number.isNaN(start) ? value : dateOf(day);
    }
    case "hours":
      if (typeof value !== "string" || (value >= rule.from && value <= rule.to)) return value;
      return rule.from === "00:00" ? rule.to : rule.from;
    default:
      return value;
  }
}

/** Values on the wrong side of a rule, next to the right one where there is one. */
export function forbidden(rule: OfColumn): Cell[] {
  switch (rule.kind) {
    case "range":
      return [
        ...(rule.max === null ? [] : [rule.max + 1]),
        ...(rule.min === null || rule.min < 1 ? [] : [rule.min - 1]),
      ].filter((it) => it > 0);
    case "weekdays": {
      const start = Date.parse("2030-09-01T00:00:00Z");
      const day = [0, 1, 2, 3, 4, 5, 6]
        .map((it) => start + it * DAY)
        .find((it) => !rule.days.includes(new Date(it).getUTCDay()));
      return day === undefined ? [] : [dateOf(day)];
    }
    case "hours":
      return [rule.to < "23:00" ? shift(rule.to, 45) : shift(rule.from, -45)].filter(
        (it) => it < rule.from || it > rule.to,
      );
    case "notice":
      return ["2024-09-03"];
  }
}

/** The values next to a bound that a rule still allows. */
export function atBounds(rule: OfColumn): Cell[] {
  if (rule.kind === "range") return [rule.max, rule.min].filter((it): it is number => it !== null && it > 0);
  return rule.kind === "hours"
    ? [rule.from, rule.to].filter((it) => it !== "00:00" && it !== "24:00").slice(0, 1)
    : [];
}

/** One amount that needs somebody's yes and one that does not, close to each other. */
export function sidesOf({ op, value }: Comparison, isWhole: boolean): { needs: number; free: number } {
  const step = isWhole ? 1 : 0.5;
  switch (op) {
    case ">":
      return { needs: value + step, free: value };
    case ">=":
      return { needs: value, free: value - step };
    case "<":
      return { needs: value - step, free: value };
    case "<=":
      return { needs: value, free: value + step };
  }
}

export function needsYes({ op, value }: Comparison, it: number): boolean {
  return op === ">" ? it > value : op === ">=" ? it >= value : op === "<" ? it < value : it <= value;
}

/** The last of `days` days that begin with `first`. */
export function lastOf(first: string, days: number): string {
  return dateOf(Date.parse(`${first}T00:00:00Z`) + (days - 1) * DAY);
}

/** How many days there are from the one to the other, both counted. */
export function daysFrom(first: string, last: string): number {
  return Math.round((Date.parse(`${last}T00:00:00Z`) - Date.parse(`${first}T00:00:00Z`)) / DAY) + 1;
}

const DAY = 86_400_000;

function dateOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function shift(clock: string, minutes: number): string {
  const at = Math.min(1_439, Math.max(0, Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3)) + minutes));
  return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}
