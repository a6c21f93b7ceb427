import type { Rule } from "#protocol/api/rule";
import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { TableTool } from "#protocol/app-file/tool";
import type { Built, Site } from "../catalogue/capability.ts";
import { expecting } from "../shapes/cases.ts";
import { type Opening, openingOf, withValue } from "./openings.ts";
import { changersOf, endOf, makerNamed } from "./tools-of.ts";
import { told, valuesOf } from "./twins.ts";

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
  return rules.flatMap((rule) => {
    if (rule.kind === "never") return neverCases(rule, site, whole, left);
    if (rule.kind === "notice" && rule.action !== "make") return tooLateCases(rule, built, site);
    if (!opening) return [];
    if (rule.kind === "count") return countCases(rule, opening, site);
    if (rule.kind === "approval") return approvalCases(rule, opening, site, built);
    return refusalCases(rule, opening, site, built, rules);
  });
}

function refusalCases(
  rule: Extract<Rule, { kind: "range" | "weekdays" | "hours" | "notice" }>,
  opening: Opening,
  site: Site,
  built: Built,
  rules: readonly Rule[],
): AcceptanceCase[] {
  const { stopped, free } = valuesOf(rule, site);
  const maker = makerNamed(built, site);
  const mayWait = rules.some((it) => it.kind === "approval");
  return [
    ...stopped.flatMap((value) => {
      const it = told(opening, rule, value, site, built);
      return it
        ? [
            conversation(`“${rule.text}”: ${value} is refused`, it, site, [
              { say: it.say, count: 0, unasked: maker && cardPiece(maker.tool, it.where) },
            ]),
          ]
        : [];
    }),
    ...free.flatMap((value) => {
      const it = told(opening, rule, value, site, built);
      // Another rule may stop it at the same value.
      if (
        !it ||
        it.say === opening.say ||
        mayWait ||
        rules.some((other) => other !== rule && other.kind === rule.kind)
      )
        return [];
      return [conversation(`“${rule.text}”: ${value} is fine`, it, site, once(it))];
    }),
  ];
}

type Turn = {
  say?: string;
  yes?: boolean;
  count: number;
  from?: "user" | "operator";
  unasked?: string | null | undefined;
};

/** Made at once, or after the person's own yes. */
function once(it: Opening): Turn[] {
  return it.confirms
    ? [
        { say: it.say, count: 0, from: "user" },
        { yes: true, count: 1 },
      ]
    : [{ say: it.say, count: 1 }];
}

function conversation(name: string, it: Opening, site: Site, turns: readonly Turn[]): AcceptanceCase {
  return {
    name: name.slice(0, 160),
    as: it.as,
    workflow: site.workflow,
    steps: turns.map(({ say, yes, count, from, unasked }) => ({
      ...(say === undefined ? { respond: { approved: yes === true } } : { say }),
      expect: expecting({
        ...(from ? { awaits: "confirmation", awaits_from: from } : {}),
        ...(unasked ? { excludes: [unasked] } : {}),
        rows: [{ table: site.tableName, where: it.where, count }],
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
  const { status: _status, ...where } = opening.where;
  const bare = { ...opening, where };
  const { stopped, free } = valuesOf(rule, site);
  const { when, text } = rule;
  const needs = when ? told(bare, when, stopped[0] ?? null, site, built) : bare;
  const needsNone = when ? told(bare, when, free[0] ?? null, site, built) : null;
  return [
    ...(needs
      ? [
          conversation(`“${text}”: recorded once approved`, needs, site, [
            { say: needs.say, count: 0, from: rule.by },
            { yes: true, count: 1 },
          ]),
          conversation(`“${text}”: nothing is recorded without approval`, needs, site, [
            { say: needs.say, count: 0, from: rule.by },
            { yes: false, count: 0 },
          ]),
        ]
      : []),
    ...(needsNone ? [conversation(`“${text}”: others need none`, needsNone, site, once(needsNone))] : []),
  ];
}

function countCases(rule: Extract<Rule, { kind: "count" }>, opening: Opening, site: Site): AcceptanceCase[] {
  if (opening.confirms) return [];
  const again = (it: Opening) => `I need another one as well. ${it.say}`;
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
        { say: again(all), count: 1 },
      ]),
    ];
  }
  const there = site.table.sample.filter(({ values }) =>
    Object.entries(opening.where).every(([name, value]) => values[name] === value),
  ).length;
  const free = rule.max - (rule.of === "everybody" ? there : 0);
  if (free > 5 || free < 1) return [];
  const turns = Array.from({ length: free }, (_, at) => ({
    say: at === 0 ? opening.say : again(opening),
    count: there + at + 1,
  }));
  return [
    conversation(`“${rule.text}”: one more is refused`, { ...opening, as: "stranger" }, site, [
      ...turns,
      { say: again(opening), count: there + free },
    ]),
  ];
}

function tooLateCases(rule: Extract<Rule, { kind: "notice" }>, built: Built, site: Site): AcceptanceCase[] {
  const { key } = site.table;
  const past = site.table.sample.find(
    (it) => it.owner === "creator" && valuesOf(rule, site).stopped.includes(it.values[rule.column] ?? null),
  );
  const tool = rule.action === "end" ? endOf(built, site) : changersOf(built, site)[0];
  if (!past || !tool) return [];
  const [verb] = tool.name.split("_");
  const record = site.words.record ?? site.words.noun;
  const [say, where] =
    rule.action === "end"
      ? [`Please ${verb} my ${record} ${past.values[key]}`, { status: endOf(built, site)!.status }]
      : [`Please ${verb} my ${record} ${past.values[key]} to 2030-09-04`, { [rule.column]: "2030-09-04" }];
  return [
    {
      name: `“${rule.text}”: later is too late`.slice(0, 160),
      as: "creator",
      workflow: site.workflow,
      steps: [
        {
          say,
          expect: expecting({
            tools: [tool.name],
            ...unasked(tool.tool, { [key]: past.values[key] }),
            rows: [{ table: site.tableName, where: { [key]: String(past.values[key]), ...where }, count: 0 }],
          }),
        },
      ],
    },
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
  const where = { [site.table.key]: site.mine.key, status: gone.status };
  return [
    {
      name: `“${rule.text}”: nothing is ended in the chat`.slice(0, 160),
      as: "creator",
      workflow: site.workflow,
      steps: [
        {
          say: `Please ${verb} my ${site.words.record ?? site.words.noun} ${site.mine.key}`,
          expect: expecting({
            rows: [{ table: site.tableName, where, count: 0 }],
            ...unasked(gone.tool, { [site.table.key]: site.mine.key }),
          }),
        },
      ],
    },
  ];
}

/** What the card of a tool would say, as far as that is known: nobody may be asked what can't be done. */
function cardPiece(tool: TableTool, where: Record<string, unknown>): string | null {
  const pieces = (tool.approval?.message ?? "")
    .replace(/\{(\w+)\}/g, (all, name: string) =>
      typeof where[name] === "string" ? String(where[name]) : all,
    )
    .split(/\{\w+\}/)
    .map((it) => it.trim())
    .sort((a, b) => b.length - a.length);
  return pieces[0] && pieces[0].length >= 8 ? pieces[0] : null;
}

function unasked(tool: TableTool, where: Record<string, unknown>): { excludes?: string[] } {
  const piece = cardPiece(tool, where);
  return piece ? { excludes: [piece] } : {};
}
