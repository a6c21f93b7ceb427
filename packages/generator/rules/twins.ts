import type { Rule } from "#protocol/api/rule";
import type { SampleRow } from "#protocol/app-file/table";
import type { Built, Cell, Site } from "../catalogue/capability.ts";
import { type Opening, withValue } from "./openings.ts";
import { makerNamed } from "./tools-of.ts";
import { atBounds, forbidden, lastOf, sidesOf } from "./values.ts";

/** `order.total` → the looked-up row and its column. */
export function lookedUp(value: string | undefined): { as: string; column: string } | null {
  const match = /^(\w+)\.(\w+)$/.exec(value ?? "");
  return match ? { as: match[1]!, column: match[2]! } : null;
}

/** The values a rule is tried with: what it stops, and what is next to that and free. */
export function valuesOf(
  rule: Exclude<Rule, { kind: "never" | "count" }>,
  site: Site,
): { stopped: Cell[]; free: Cell[] } {
  if (rule.kind !== "approval") return { stopped: forbidden(rule), free: atBounds(rule) };
  if (!rule.when) return { stopped: [], free: [] };
  const isWhole = site.table.columns[rule.when.column]?.type === "integer" || rule.when.until !== undefined;
  const { needs, free } = sidesOf(rule.when, isWhole);
  return { stopped: [needs], free: [free] };
}

/** The opening with such a value: said, or of another row that is looked up. Null where neither can be. */
export function told(
  opening: Opening,
  about: { column: string; until?: string | undefined },
  value: Cell,
  site: Site,
  built: Built,
): Opening | null {
  const { column, until } = about;
  if (until !== undefined) {
    const first = opening.where[column];
    if (typeof first !== "string" || typeof value !== "number" || value < 1) return null;
    return withValue(opening, until, lastOf(first, value));
  }
  const source = sourceRow(column, site, built);
  if (!source) return withValue(opening, column, value);
  const { table, from } = source;
  const row = table.sample.find((it) => opening.say.includes(String(it.values[table.key])));
  const twin = table.sample.find(
    (it) => row && isTwin(it, row, table.key, from.column) && it.values[from.column] === value,
  );
  if (!row || !twin) return null;
  const key = String(twin.values[table.key]);
  return {
    ...opening,
    say: opening.say.replaceAll(String(row.values[table.key]), key),
    where: { [column]: value as number, [table.key]: key },
  };
}

/** Alike but for its key and one column. */
function isTwin(it: SampleRow, row: SampleRow, key: string, column: string): boolean {
  return (
    it !== row &&
    it.owner === row.owner &&
    Object.keys(row.values).every(
      (name) => name === key || name === column || it.values[name] === row.values[name],
    )
  );
}

/** More rows of the looked-up table for a rule about its values: one for each value it is tried with. */
export function twinsOf(rule: Rule, site: Site, built: Built): { table: string; rows: SampleRow[] } | null {
  if (rule.kind === "notice" && rule.action !== "make") return pastRow(rule, site);
  if (rule.kind === "never" || rule.kind === "count" || (rule.kind === "approval" && !rule.when)) return null;
  const source = sourceRow(rule.kind === "approval" ? rule.when!.column : rule.column, site, built);
  const row = source?.table.sample.find((it) => it.owner === "creator");
  if (!source || !row) return null;
  const { table, from } = source;
  const { stopped, free } = valuesOf(rule, site);
  const taken = new Set(table.sample.map((it) => it.values[table.key]));
  const rows = [...stopped, ...free]
    .filter(
      (value) =>
        !table.sample.some(
          (it) => isTwin(it, row, table.key, from.column) && it.values[from.column] === value,
        ),
    )
    .map((value): SampleRow => {
      let more = 80;
      while (taken.has(nextKey(String(row.values[table.key]), more))) more += 1;
      const key = nextKey(String(row.values[table.key]), more);
      taken.add(key);
      return { owner: "creator", values: { ...row.values, [table.key]: key, [from.column]: value } };
    });
  return { table: source.name, rows };
}

/** A record whose day has gone by: too late to cancel or change it. */
function pastRow(
  rule: Extract<Rule, { kind: "notice" }>,
  site: Site,
): { table: string; rows: SampleRow[] } | null {
  const [day] = forbidden(rule);
  const row = site.table.sample.find((it) => it.owner === "creator" && it.values[site.table.key]);
  if (!row || day === undefined) return null;
  const key = nextKey(String(row.values[site.table.key]), 80);
  if (site.table.sample.some((it) => it.values[site.table.key] === key)) return null;
  return {
    table: site.tableName,
    rows: [{ ...row, values: { ...row.values, [site.table.key]: key, [rule.column]: day } }],
  };
}

function sourceRow(column: string, site: Site, built: Built) {
  const maker = makerNamed(built, site)?.tool;
  const from = lookedUp(maker?.values[column]);
  const lookup = from && maker?.lookup.find((it) => it.as === from.as);
  const table = lookup && site.tables[lookup.table];
  return from && table ? { name: lookup.table, table, from } : null;
}

/** `A-1001` → `A-1081`; a key without digits gets some. */
function nextKey(key: string, more: number): string {
  if (!/\d$/.test(key)) return `${key} ${more}`;
  return key.replace(/\d+$/, (digits) => String(Number(digits) + more).padStart(digits.length, "0"));
}
