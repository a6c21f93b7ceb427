import type { Rule } from "#protocol/api/rule";
import type { Table } from "#protocol/app-file/table";
import { andList, capital } from "../brief/words.ts";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** The words a rule is told in: those of one workflow and its table. */
export type Terms = { record: string; records: string; table: Table; currency: string };

/** A rule as a sentence, for the person who is refused, for the agent and for the plan. */
export function sayRule(rule: Rule, terms: Terms): string {
  const { record, records } = terms;
  switch (rule.kind) {
    case "approval": {
      const who = rule.by === "operator" ? "needs the team's approval" : "needs the person's yes";
      return `${withCondition(rule.when, terms, record)} ${who} first.`;
    }
    case "range":
      if (rule.until) return `${capital(a(record))} must be for ${bounds(rule, terms)} days.`;
      return `${titleOf(rule.column, terms)} of ${a(record)} must be ${bounds(rule, terms)}.`;
    case "weekdays":
      return `${capital(records)} are only possible on ${sayDays(rule.days)}.`;
    case "hours":
      if (rule.from === "00:00") return `${capital(records)} are only possible until ${rule.to}.`;
      if (rule.to === "24:00") return `${capital(records)} are only possible from ${rule.from} on.`;
      return `${capital(records)} are only possible from ${rule.from} to ${rule.to}.`;
    case "notice": {
      const time =
        rule.hours % 24 === 0 && rule.hours > 24
          ? `${rule.hours / 24} days`
          : `${rule.hours} ${rule.hours === 1 ? "hour" : "hours"}`;
      const done = { make: "must be made", end: "can be cancelled", change: "can be changed" }[rule.action];
      return rule.action === "make"
        ? `${capital(records)} ${done} at least ${time} ahead.`
        : `${capital(records)} ${done} until ${time} before, not later.`;
    }
    case "count":
      if (rule.sum && rule.of === "person")
        return `${titleOf(rule.sum, terms)} of one person can be at most ${rule.max} in all${sameOf(rule.same, terms)}.`;
      if (rule.sum)
        return `There is room for ${titleOf(rule.sum, terms).toLowerCase()} of ${rule.max} in all${sameOf(rule.same, terms)}, and that would be more.`;
      if (rule.of === "person")
        return `A person can have at most ${rule.max} ${rule.max === 1 ? record : records}${sameOf(rule.same, terms)}.`;
      return rule.max === 1
        ? `There can only be one ${record}${sameOf(rule.same, terms)}, and that one is taken.`
        : `There is room for ${rule.max} ${records}${sameOf(rule.same, terms)}, and no more.`;
    case "never":
      return rule.action === "end"
        ? `${capital(records)} can't be cancelled here.`
        : `${capital(records)} can't be changed here.`;
  }
}

function withCondition(
  when: Extract<Rule, { kind: "approval" }>["when"],
  terms: Terms,
  record: string,
): string {
  if (!when) return `Every ${record}`;
  const words = { ">": "over", ">=": "from", "<": "under", "<=": "up to" }[when.op];
  const value = `${words} ${amountOf(when.column, when.value, terms)}`;
  if (when.until)
    return `${capital(a(record))} ${{ ">": "of more than", ">=": "of at least", "<": "of less than", "<=": "of at most" }[when.op]} ${when.value} days`;
  return terms.table.columns[when.column]?.type === "money"
    ? `${capital(a(record))} ${value}`
    : `${capital(a(record))} with ${titleOf(when.column, terms).toLowerCase()} ${value}`;
}

function bounds(rule: { column: string; min: number | null; max: number | null }, terms: Terms): string {
  const of = (value: number) => amountOf(rule.column, value, terms);
  if (rule.min !== null && rule.max !== null) return `from ${of(rule.min)} to ${of(rule.max)}`;
  return rule.max !== null ? `at most ${of(rule.max)}` : `at least ${of(rule.min ?? 0)}`;
}

function amountOf(column: string, value: number, { table, currency }: Terms): string {
  if (table.columns[column]?.type !== "money") return value.toLocaleString("en");
  return new Intl.NumberFormat("en", {
    style: "currency",
    currency,
    minimumFractionDigits: value % 1 === 0 ? 0 : 2,
  }).format(value);
}

function sayDays(days: readonly number[]): string {
  if (days.join() === "1,2,3,4,5") return "weekdays, Monday to Friday";
  if (days.join() === "0,6") return "Saturdays and Sundays";
  if (days.length === 6) return `any day but ${DAYS.find((_, day) => !days.includes(day))}`;
  return andList(days.map((day) => `${DAYS[day]}s`));
}

function sameOf(same: readonly string[], terms: Terms): string {
  return same.length === 0
    ? ""
    : ` for the same ${andList(same.map((it) => titleOf(it, terms).toLowerCase()))}`;
}

function titleOf(column: string, { table }: Terms): string {
  return table.columns[column]?.title ?? capital(column.replaceAll("_", " "));
}

function a(record: string): string {
  return /^[aeiou]/.test(record) ? `an ${record}` : `a ${record}`;
}
