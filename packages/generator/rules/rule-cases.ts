import type { Rule } from "#protocol/api/rule";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { SampleRow } from "#protocol/app-file/table";
import type { Built, Cell, Site } from "../catalogue/capability.ts";
import { expecting } from "../shapes/cases.ts";
import { lookedUp } from "./conform.ts";
import { type Opening, openingOf, withValue } from "./openings.ts";
import { endOf, makerNamed } from "./tools-of.ts";
import { atBounds, forbidden, lastOf, sidesOf } from "./values.ts";

/** For each rule: what it refuses is refused, and what is next to that is not. `whole`: with what rules left out. */
export function ruleCases(
  cases: readonly AcceptanceCase[],
  built: Built,
  site: Site,
  rules: readonly Rule[],
  left: ReadonlySet<string>,
  whole: Built,
): AcceptanceCase[] {
  const opening = openingOf({ ...built, cases: [...cases] }, site);
  const made: AcceptanceCase[] = [];
  for (const rule of rules) {
    if (rule.kind === "never") made.push(...neverCases(rule, site, whole, left));
    else if (rule.kind === "notice" && rule.action !== "make") continue;
    else if (opening) made.push(...casesOf(rule, opening, site, built, rules));
  }
  return made;
}

function casesOf(
  rule: Exclude<Rule, { kind: "never" }>,
  opening: Opening,
  site: Site,
  built: Built,
  rules: readonly Rule[],
): AcceptanceCase[] {
  if (rule.kind === "approval") return approvalCases(rule, opening, site, built);
  if (rule.kind === "count") return countCases(rule, opening, site);
  const waits = rules.some((it) => it.kind === "approval" && it.when === null);
  return [
    ...forbidden(rule).flatMap((value) => {
      const told = withValue(opening, rule.column, value);
      return told
        ? [conversation(`“${rule.text}”: ${value} is refused`, told, site, [{ say: told.say, count: 0 }])]
        : [];
    }),
    ...atBounds(rule).flatMap((value) => {
      const told = withValue(opening, rule.column, value);
      if (!told || told.say === opening.say || waits || opening.confirms) return [];
      return [conversation(`“${rule.text}”: ${value} is fine`, told, site, [{ say: told.say, count: 1 }])];
    }),
  ];
}

type Turn = { say?: string; yes?: boolean; count: number; from?: "user" | "operator" };

function conversation(name: string, told: Opening, site: Site, turns: readonly Turn[]): AcceptanceCase {
  return {
    name: name.slice(0, 160),
    as: told.as,
    workflow: site.workflow,
    steps: turns.map(({ say, yes, count, from }) => ({
      ...(say === undefined ? { respond: { approved: yes === true } } : { say }),
      expect: expecting({
        ...(from ? { awaits: "confirmation", awaits_from: from } : {}),
        rows: [{ table: site.tableName, where: told.where, count }],
      }),
    })),
  };
}

function approvalCases(
  rule: Extract<Rule, { kind: "approval" }>,
  opening: Opening,
  site: Site,
  built: Built,
): AcceptanceCase[] {
  const sides = approvalSides(rule, opening, site, built);
  if (!sides) return [];
  const { needs, free } = sides;
  const text = rule.text;
  return [
    conversation(`“${text}”: recorded once approved`, needs, site, [
      { say: needs.say, count: 0, from: rule.by },
      { yes: true, count: 1 },
    ]),
    conversation(`“${text}”: nothing is recorded without approval`, needs, site, [
      { say: needs.say, count: 0, from: rule.by },
      { yes: false, count: 0 },
    ]),
    ...(free
      ? [
          conversation(
            `“${text}”: others need none`,
            free,
            site,
            free.confirms
              ? [
                  { say: free.say, count: 0, from: "user" },
                  { yes: true, count: 1 },
                ]
              : [{ say: free.say, count: 1 }],
          ),
        ]
      : []),
  ];
}

function approvalSides(
  rule: Extract<Rule, { kind: "approval" }>,
  opening: Opening,
  site: Site,
  built: Built,
): { needs: Opening; free: Opening | null } | null {
  const { when } = rule;
  const bare = { ...opening, where: without(opening.where, "status") };
  if (!when) return { needs: bare, free: null };
  const values = sidesOf(
    when,
    site.table.columns[when.column]?.type === "integer" || when.until !== undefined,
  );
  if (when.until) {
    const first = opening.where[when.column];
    if (typeof first !== "string") return null;
    const needs = withValue(bare, when.until, lastOf(first, Math.max(1, values.needs)));
    return needs && { needs, free: withValue(bare, when.until, lastOf(first, Math.max(1, values.free))) };
  }
  const maker = makerNamed(built, site)?.tool;
  const from = lookedUp(maker?.values[when.column]);
  if (!from) {
    const needs = withValue(bare, when.column, values.needs);
    return needs && { needs, free: withValue(bare, when.column, values.free) };
  }
  const lookup = maker?.lookup.find((it) => it.as === from.as);
  const table = lookup && site.tables[lookup.table];
  const row = table?.sample.find((it) => opening.say.includes(String(it.values[table.key])));
  if (!table || !row) return null;
  const told = (value: Cell): Opening | null => {
    const twin = table.sample.find(
      (it) => it.owner === row.owner && it !== row && it.values[from.column] === value,
    );
    const key = String(twin?.values[table.key] ?? "");
    return twin
      ? {
          ...bare,
          say: opening.say.replaceAll(String(row.values[table.key]), key),
          where: { [when.column]: Number(value), [table.key]: key },
        }
      : null;
  };
  const needs = told(values.needs);
  return needs && { needs, free: told(values.free) };
}

/** Two more rows of the looked-up table for a rule about its values: one on either side. */
export function twinsOf(rule: Rule, site: Site, built: Built): { table: string | null; rows: SampleRow[] } {
  const maker = makerNamed(built, site)?.tool;
  if (rule.kind !== "approval" || !rule.when) return NO_TWINS;
  const from = lookedUp(maker?.values[rule.when.column]);
  const lookup = from && maker?.lookup.find((it) => it.as === from.as);
  const table = lookup && site.tables[lookup.table];
  const row = table?.sample.find((it) => it.owner === "creator");
  if (!from || !table || !row) return NO_TWINS;
  const values = sidesOf(rule.when, false);
  const rows = [values.needs, values.free].map((value, at) => ({
    owner: "creator" as const,
    values: {
      ...row.values,
      [table.key]: nextKey(String(row.values[table.key]), 80 + at),
      [from.column]: value,
    },
  }));
  return {
    table: lookup.table,
    rows: rows.filter(({ values }) => !table.sample.some((it) => it.values[table.key] === values[table.key])),
  };
}

const NO_TWINS = { table: null, rows: [] };

/** `A-1001` → `A-1081`. */
function nextKey(key: string, more: number): string {
  return key.replace(/\d+$/, (digits) => String(Number(digits) + more).padStart(digits.length, "0"));
}

function countCases(rule: Extract<Rule, { kind: "count" }>, opening: Opening, site: Site): AcceptanceCase[] {
  if (opening.confirms) return [];
  if (rule.sum) {
    const all = withValue(opening, rule.sum, rule.max);
    const more = withValue(opening, rule.sum, rule.max + 1);
    if (!all || !more) return [];
    return [
      conversation(`“${rule.text}”: ${rule.max + 1} at once are refused`, more, site, [
        { say: more.say, count: 0 },
      ]),
      conversation(`“${rule.text}”: when it is full, one more is refused`, all, site, [
        { say: all.say, count: 1 },
        { say: all.say, count: 1 },
      ]),
    ];
  }
  const there = site.table.sample.filter(({ values }) =>
    Object.entries(opening.where).every(([name, value]) => values[name] === value),
  ).length;
  const free = rule.max - (rule.of === "everybody" ? there : 0);
  if (free > 5 || free < 1) return [];
  const turns = Array.from({ length: free }, (_, at) => ({ say: opening.say, count: there + at + 1 }));
  return [
    conversation(`“${rule.text}”: one more is refused`, { ...opening, as: "stranger" }, site, [
      ...turns,
      { say: opening.say, count: there + free },
    ]),
  ];
}

function neverCases(
  rule: Extract<Rule, { kind: "never" }>,
  site: Site,
  whole: Built,
  left: ReadonlySet<string>,
): AcceptanceCase[] {
  const gone = endOf(whole, site);
  if (rule.action !== "end" || !gone || !left.has(gone.name) || !site.mine) return [];
  const [verb] = gone.name.split("_");
  return [
    {
      name: `“${rule.text}”: nothing is ended in the chat`.slice(0, 160),
      as: "creator",
      workflow: site.workflow,
      steps: [
        {
          say: `Please ${verb} my ${site.words.record ?? site.words.noun} ${site.mine.key}`,
          expect: expecting({
            rows: [
              {
                table: site.tableName,
                where: { [site.table.key]: site.mine.key, status: gone.status },
                count: 0,
              },
            ],
          }),
        },
      ],
    },
  ];
}

function without<T>(values: Record<string, T>, name: string): Record<string, T> {
  const { [name]: _gone, ...rest } = values;
  return rest;
}
