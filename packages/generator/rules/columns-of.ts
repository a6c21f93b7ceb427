import type { Comparison } from "#protocol/api/rule";
import type { SaidAmount } from "../brief/said-rule.ts";
import { singular } from "../brief/words.ts";
import type { Site } from "../catalogue/capability.ts";

/** The columns a day can be limited in are of what will be, not of what was. */
const PAST = /spent|bought|purchas|happened|occurred|born|birth|lost|ordered|since/;

/** What an amount is held against; `until` where it is a number of days. */
export function comparisonOf(amount: SaidAmount, site: Site, columns: readonly string[]): Comparison | null {
  const { op, value } = amount;
  if (amount.unit === "days") {
    const [column, until] = columns.filter(
      (name) => site.table.columns[name]?.type === "date" && !PAST.test(name),
    );
    return column && until ? { column, until, op, value } : null;
  }
  const column = amount.unit === "hours" ? null : columnOf(amount, site, columns);
  return column ? { column, op, value } : null;
}

/** The column an amount is about: of money, or the number that is called so. `named`: only if it is. */
export function columnOf(
  amount: SaidAmount,
  site: Site,
  columns: readonly string[],
  named = false,
): string | null {
  const of = (...types: string[]) =>
    columns.filter((name) => types.includes(site.table.columns[name]?.type ?? ""));
  if (amount.unit === "money") return of("money")[0] ?? null;
  const numbers = of("integer", "number");
  const words =
    amount.noun === "" ? [] : [amount.noun, ...(ALIKE.find((it) => it.includes(amount.noun)) ?? [])];
  const called = numbers.find((name) => {
    const column = site.table.columns[name]!;
    const text =
      `${name.replaceAll("_", " ")} ${column.title ?? ""} ${column.description ?? ""}`.toLowerCase();
    return words.some((word) => text.split(/\W+/).some((it) => singular(it) === word));
  });
  if (called || named) return called ?? null;
  if (amount.noun === "") return of("money")[0] ?? numbers[0] ?? null;
  if (numbers.length !== 1) return null;
  const isPeople = ALIKE[0]!.includes(amount.noun) || amount.unit !== "things";
  return isThing(amount.noun, site) || (numbers[0] === "quantity" && !isPeople) ? numbers[0]! : null;
}

/** What several people have a place in. */
export const SHARED =
  /^(?:event|workshop|class|course|session|tour|seminar|webinar|show|match|trip|training|conference|meetup|screening|concert|retreat|camp|game|race|performance|talk|excursion|hike|walk|lesson|slot)$/;

export const ALIKE = [
  [
    "guest",
    "people",
    "person",
    "seat",
    "visitor",
    "place",
    "ticket",
    "diner",
    "attendee",
    "participant",
    "player",
    "head",
  ],
  ["item", "piece", "unit", "thing", "product", "copy"],
  ["night", "day"],
];

/** "more than 10 cakes", where the number is called quantity. */
function isThing(noun: string, site: Site): boolean {
  return (site.words.noun ?? "").split(" ").includes(noun) || /^(item|piece|unit|thing|product)$/.test(noun);
}

/** The first column of days that are still to come. */
export function futureDay(names: readonly string[]): string | undefined {
  return names.find((name) => !PAST.test(name));
}

export function isTime(site: Site, name: string): boolean {
  return /:\[0-5\]/.test(site.table.columns[name]?.pattern ?? "");
}
