import type { Comparison, Rule } from "#protocol/api/rule";
import type { TableTool } from "#protocol/app-file/tool";
import type { Site } from "../catalogue/capability.ts";

/** Where a column's value comes from when a tool runs, as CEL; null if this tool does not write it. */
function sourceOf(column: string, tool: TableTool, site: Site): { cel: string; mayBeNull: boolean } | null {
  const value = tool.values[column];
  if (value !== undefined) return { cel: value, mayBeNull: false };
  if (!tool.set.includes(column)) return null;
  const isSure = tool.action === "insert" && site.table.columns[column]?.required === true;
  return { cel: `args.${column}`, mayBeNull: !isSure };
}

const midnight = (cel: string) => `timestamp(${cel} + "T00:00:00Z")`;

/** What must hold for a tool to act, as CEL; null if the rule does not touch it. */
export function conditionOf(rule: Rule, tool: TableTool, site: Site): string | null {
  if (rule.kind === "approval" || rule.kind === "never" || rule.kind === "count") return null;
  if (rule.kind === "notice" && rule.action !== "make") return null;
  const source = sourceOf(rule.column, tool, site);
  if (!source) return null;
  if (rule.kind === "range" && rule.until) return daysCel(rule, rule.until, source, tool, site);
  const test = testOf(rule, source.cel, tool, site);
  return source.mayBeNull ? `${source.cel} == null || (${test})` : test;
}

function testOf(
  rule: Extract<Rule, { kind: "range" | "weekdays" | "hours" | "notice" }>,
  cel: string,
  tool: TableTool,
  site: Site,
): string {
  switch (rule.kind) {
    case "range":
      return [
        ...(rule.min === null ? [] : [`${cel} >= ${rule.min}`]),
        ...(rule.max === null ? [] : [`${cel} <= ${rule.max}`]),
      ].join(" && ");
    case "weekdays":
      return `${midnight(cel)}.getDayOfWeek() in [${rule.days.join(", ")}]`;
    case "hours":
      return `${cel} >= "${rule.from}" && ${cel} <= "${rule.to}"`;
    case "notice": {
      const time = rule.time === null ? null : sourceOf(rule.time, tool, site);
      return laterThan(cel, time && !time.mayBeNull ? time.cel : null, rule.hours);
    }
  }
}

function daysCel(
  rule: Extract<Rule, { kind: "range" }>,
  until: string,
  from: { cel: string; mayBeNull: boolean },
  tool: TableTool,
  site: Site,
): string | null {
  const to = sourceOf(until, tool, site);
  if (!to) return null;
  const apart = `${midnight(to.cel)} - ${midnight(from.cel)}`;
  const test = [
    ...(rule.min === null ? [] : [`${apart} >= duration("${(rule.min - 1) * 24}h")`]),
    ...(rule.max === null ? [] : [`${apart} <= duration("${(rule.max - 1) * 24}h")`]),
  ].join(" && ");
  if (tool.action !== "update")
    return from.mayBeNull || to.mayBeNull ? `${from.cel} == null || ${to.cel} == null || (${test})` : test;
  // A change of one day alone is judged by the other one in the row.
  const given = (column: string) => `(args.${column} == null ? row.${column} : args.${column})`;
  return test
    .replaceAll(`(${to.cel} +`, `(${given(until)} +`)
    .replaceAll(`(${from.cel} +`, `(${given(rule.column)} +`);
}

/** `day` at `time` is at least so many hours from now; without a time, the end of the day counts. */
function laterThan(day: string, time: string | null, hours: number): string {
  return `timestamp(${day} + "T" + ${time ?? '"23:59"'} + ":00Z") >= now + duration("${hours}h")`;
}

/** The same of a row that is there already, for ending or changing it. */
export function rowNotice(rule: Extract<Rule, { kind: "notice" }>, site: Site): string {
  const time = rule.time !== null && site.table.columns[rule.time]?.required ? `row.${rule.time}` : null;
  return `row.${rule.column} == null || ${laterThan(`row.${rule.column}`, time, rule.hours)}`;
}

/** Whether somebody has to agree, as CEL. */
export function comparisonCel(when: Comparison, tool: TableTool, site: Site): string | null {
  const source = sourceOf(when.column, tool, site);
  if (!source) return null;
  if (when.until === undefined) {
    const test = `${source.cel} ${when.op} ${when.value}`;
    return source.mayBeNull ? `${source.cel} != null && ${test}` : test;
  }
  const until = sourceOf(when.until, tool, site);
  if (!until || source.mayBeNull || until.mayBeNull) return null;
  // Both days count: five days lie four days apart.
  return `${midnight(until.cel)} - ${midnight(source.cel)} ${when.op} duration("${(when.value - 1) * 24}h")`;
}
