import type { Rule } from "#protocol/api/rule";
import type { AcceptanceCase, Expectation } from "#protocol/app-file/acceptance";
import type { SampleRow, Table } from "#protocol/app-file/table";
import type { Built, Cell, Site } from "../catalogue/capability.ts";
import { rewritten } from "./openings.ts";
import { makerNamed } from "./tools-of.ts";
import { lookedUp } from "./twins.ts";
import { allowed, daysFrom, lastOf, needsYes, sidesOf } from "./values.ts";

/** The workflow's own conversations, so that what they make keeps to its rules and waits for nobody it need not wait for. */
export function conforming(
  cases: readonly AcceptanceCase[],
  built: Built,
  site: Site,
  rules: readonly Rule[],
): AcceptanceCase[] {
  let now = site.words.added ? cases.map((it) => withAmount(it, built, site)) : [...cases];
  for (const rule of rules) {
    if (rule.kind === "count" || rule.kind === "never") continue;
    if (rule.kind === "approval" && rule.when === null) {
      if (rule.by === "operator") now = now.map((it) => approvedIn(it, built, site));
      continue;
    }
    if (rule.kind === "approval" && isAutomatic(rule) && rule.by === "operator")
      now = now.map((it) => ({
        ...it,
        steps: it.steps.map((step) => (makes(it, site) ? asApproved(step, site) : step)),
      }));
    const about = rule.kind === "approval" ? rule.when! : rule;
    const until = "until" in about ? about.until : undefined;
    const column = until ?? about.column;
    const values = new Set(
      now.flatMap((it) =>
        it.steps.flatMap(({ expect }) =>
          expect.rows.flatMap((row) => (row.table === site.tableName ? (row.where[column] ?? []) : [])),
        ),
      ),
    );
    for (const value of values) {
      const first = until ? firstDay(now, site, about.column, column, value) : null;
      const fit = fitting(rule, value, site, first);
      if (fit !== value) now = rewritten(now, site.tableName, column, value, fit);
    }
  }
  return now.map((it, at) => counted(it, cases[at], site));
}

/** Sample rows may now look like what a conversation makes. */
function counted(it: AcceptanceCase, before: AcceptanceCase | undefined, site: Site): AcceptanceCase {
  const old = new Set(
    before?.steps.flatMap(({ expect }) => expect.rows.map((row) => JSON.stringify(row.where))),
  );
  const alike = (where: Record<string, unknown>) =>
    site.table.sample.filter(({ values }) =>
      Object.entries(where).every(([name, value]) => values[name] === value),
    ).length;
  return {
    ...it,
    steps: it.steps.map((step) => ({
      ...step,
      expect: {
        ...step.expect,
        rows: step.expect.rows.map((row) =>
          row.table !== site.tableName || old.has(JSON.stringify(row.where))
            ? row
            : { ...row, count: row.count + alike(row.where) },
        ),
      },
    })),
  };
}

/** What is said of an amount that the catalogue's own conversations do not know. */
export const ADDED_AMOUNT = 40;

function withAmount(it: AcceptanceCase, built: Built, site: Site): AcceptanceCase {
  const maker = makerNamed(built, site)?.name;
  const name = site.words.added ?? "";
  const column = site.table.columns[name];
  return {
    ...it,
    steps: it.steps.map((step) => {
      const makes = step.say !== undefined && maker !== undefined && step.expect.tools.includes(maker);
      if (!makes || !column) return step;
      const rows = step.expect.rows.map((row) =>
        row.table === site.tableName ? { ...row, where: { ...row.where, [name]: ADDED_AMOUNT } } : row,
      );
      return {
        ...step,
        say: `${step.say}. The ${(column.title ?? name).toLowerCase()} is ${ADDED_AMOUNT}.`,
        expect: { ...step.expect, rows },
      };
    }),
  };
}

/** Sample rows keep to the rules too, and those of a looked-up table wait for nobody. */
export function conformingTables(built: Built, site: Site, rules: readonly Rule[]): Record<string, Table> {
  const changed: Record<string, Table> = {};
  const put = (name: string, change: (row: SampleRow) => SampleRow) => {
    const table = changed[name] ?? site.tables[name];
    if (table) changed[name] = { ...table, sample: table.sample.map(change) };
  };
  const maker = makerNamed(built, site)?.tool;
  for (const rule of rules) {
    if (rule.kind === "count" || rule.kind === "never" || (rule.kind === "approval" && rule.when === null))
      continue;
    if (rule.kind === "approval" ? rule.when!.until : rule.kind === "range" && rule.until) continue;
    const column = rule.kind === "approval" ? rule.when!.column : rule.column;
    const from = lookedUp(maker?.values[column]);
    const table = from ? maker?.lookup.find((it) => it.as === from.as)?.table : site.tableName;
    const name = from?.column ?? column;
    if (!table) continue;
    put(table, (row) => {
      const value = row.values[name];
      return value === undefined || value === null
        ? row
        : { ...row, values: { ...row.values, [name]: fitting(rule, value, site, null) } };
    });
  }
  return changed;
}

function fitting(rule: Rule, value: Cell, site: Site, first: string | null): Cell {
  const days = first && typeof value === "string" ? daysFrom(first, value) : null;
  if (rule.kind === "range" && rule.until) {
    const fit = days === null ? null : allowed({ ...rule, until: undefined }, days);
    return first === null || fit === days || typeof fit !== "number" ? value : lastOf(first, fit);
  }
  if (rule.kind !== "approval" || !rule.when) return allowed(rule, value);
  const { when } = rule;
  if (when.until)
    return first && days !== null && needsYes(when, days)
      ? lastOf(first, Math.max(1, sidesOf(when, true).free))
      : value;
  if (typeof value !== "number" || !needsYes(when, value)) return value;
  return sidesOf(when, site.table.columns[when.column]?.type === "integer").free;
}

function firstDay(
  cases: readonly AcceptanceCase[],
  site: Site,
  column: string,
  until: string,
  value: Cell,
): string | null {
  for (const { steps } of cases)
    for (const { expect } of steps)
      for (const row of expect.rows)
        if (
          row.table === site.tableName &&
          row.where[until] === value &&
          typeof row.where[column] === "string"
        )
          return row.where[column];
  return null;
}

/** What is made waits for the team in these conversations, and they say yes. */
function approvedIn(it: AcceptanceCase, built: Built, site: Site): AcceptanceCase {
  const maker = makerNamed(built, site)?.name;
  const steps = it.steps.flatMap((step) => {
    const made = step.expect.rows.some((row) => row.table === site.tableName && row.count > 0);
    if (step.say === undefined || !made || maker === undefined || !step.expect.tools.includes(maker))
      return [step];
    const rows = step.expect.rows;
    return [
      {
        say: step.say,
        expect: { ...step.expect, awaits: "confirmation", rows: rows.map((row) => ({ ...row, count: 0 })) },
      },
      { respond: { approved: true }, expect: { ...EMPTY, rows } },
    ];
  });
  return { ...it, steps: steps.map((step) => (makes(it, site) ? asApproved(step, site) : step)) };
}

function makes({ steps }: AcceptanceCase, site: Site): boolean {
  return steps.some(({ expect }) => expect.rows.some((row) => row.table === site.tableName && row.count > 0));
}

/** "Under €100 is approved automatically": then nothing waits with another status. */
export function isAutomatic(rule: Extract<Rule, { kind: "approval" }>): boolean {
  return /automatic|auto-?\s?approv/i.test(rule.text);
}

const EMPTY: Expectation = { tools: [], not_tools: [], includes: [], excludes: [], rows: [] };

function asApproved<S extends { expect: Expectation }>(step: S, site: Site): S {
  const status = site.table.columns.status;
  const first = status?.default;
  if (!status?.values?.includes("approved")) return step;
  return {
    ...step,
    expect: {
      ...step.expect,
      includes: step.expect.includes.map((word) => (word === first ? "approved" : word)),
      rows: step.expect.rows.map((row) =>
        row.table === site.tableName && row.where.status === first
          ? { ...row, where: { ...row.where, status: "approved" } }
          : row,
      ),
    },
  };
}
