import type { PlannedWorkflow } from "#protocol/api/plan";
import type { Comparison, Rule } from "#protocol/api/rule";
import type { TableTool } from "#protocol/app-file/tool";
import type { SaidAmount, SaidRule } from "../brief/said-rule.ts";
import { lemmaOf, singular } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { changersOf, endOf, makerOf } from "./tools-of.ts";

export type Place = { workflow: PlannedWorkflow; site: Site; built: Built };
/** What each workflow keeps to, by its name, and the rules that no workflow can keep to. */
export type Placed = { rules: Map<string, Rule[]>; unbuilt: SaidRule[] };

const MAX_RULES = 12;
/** The columns a day can be limited in are of what will be, not of what was. */
const PAST = /spent|bought|purchas|happened|occurred|born|birth|lost|ordered|since/;

/** Gives each condition to the workflow it speaks of: named beside it, else named last before it, else the only one it fits. */
export function placeRules(said: readonly SaidRule[], places: readonly Place[]): Placed {
  const rules = new Map<string, Rule[]>();
  const unbuilt: SaidRule[] = [];
  for (const it of said) {
    if (it.kind === "own" || it.kind === "without") continue;
    const fitting = places.flatMap((place) => {
      const rule = fitted(it, place);
      return rule ? [{ place, rule }] : [];
    });
    const chosen = choose(it, fitting, places);
    if (chosen.length === 0) unbuilt.push(it);
    for (const { place, rule } of chosen) {
      const own = rules.get(place.workflow.name) ?? [];
      if (own.length < MAX_RULES && !own.some((other) => sameRule(other, rule))) own.push(rule);
      rules.set(place.workflow.name, own);
    }
  }
  return { rules, unbuilt };
}

type Fit = { place: Place; rule: Rule };

function choose(it: SaidRule, fitting: readonly Fit[], places: readonly Place[]): Fit[] {
  for (const lemmas of [it.own, ...it.before]) {
    const best = bestOf(fitting, ({ place }) => mentions(lemmas, place.workflow));
    if (best.length > 0) return best;
    // It speaks of something that can't keep to it.
    if (
      lemmas === it.own &&
      it.kind === "approval" &&
      places.some((place) => mentions(lemmas, place.workflow) > 1)
    )
      return [];
  }
  return [...fitting];
}

function bestOf(fitting: readonly Fit[], score: (fit: Fit) => number): Fit[] {
  const best = Math.max(0, ...fitting.map(score));
  return best === 0 ? [] : fitting.filter((it) => score(it) === best);
}

/** How much of what a workflow is about stands in these words. */
export function mentions(lemmas: readonly string[], { name, words }: PlannedWorkflow): number {
  const said = new Set(lemmas);
  const things = [words.noun, words.record, words.target].filter(Boolean).join(" ").split(" ");
  const hits = (list: readonly string[]) =>
    list.filter((it) => it.length > 2 && (said.has(lemmaOf(it)) || said.has(singular(it)))).length;
  return hits([...new Set(things)]) * 2 + hits(name.split("-"));
}

function fitted(it: SaidRule, place: Place): Rule | null {
  const maker = makerOf(place.built, place.site);
  const { text } = it;
  const columns = maker ? writtenBy(maker) : [];
  const typed = (type: string) => columns.filter((name) => place.site.table.columns[name]?.type === type);
  const asked = (type: string) => typed(type).filter((name) => maker?.set.includes(name));
  switch (it.kind) {
    case "approval": {
      if (!maker) return null;
      if (!it.when) return { kind: "approval", text, by: it.by, when: null };
      const when = comparisonOf(it.when, place.site, columns);
      return when ? { kind: "approval", text, by: it.by, when } : null;
    }
    case "range": {
      const [first] = it.amounts;
      const crowd = first && crowdRule(it, first, place, asked);
      if (crowd) return crowd;
      const about = first ? comparisonOf(first, place.site, columns) : null;
      if (!about) return null;
      const { column, until } = about;
      const bound = (ops: string[], step: number) => {
        const amount = it.amounts.find(({ op }) => ops.includes(op));
        return amount ? amount.value + (amount.op.length === 1 ? step : 0) : null;
      };
      return {
        kind: "range",
        text,
        column,
        ...(until ? { until } : {}),
        min: bound([">", ">="], 1),
        max: bound(["<", "<="], -1),
      };
    }
    case "weekdays": {
      const column = futureDay(asked("date"));
      return column ? { kind: "weekdays", text, column, days: it.days } : null;
    }
    case "hours": {
      const column = asked("text").find((name) => isTime(place.site, name));
      return column ? { kind: "hours", text, column, from: it.from, to: it.to } : null;
    }
    case "notice": {
      const column = futureDay(asked("date"));
      const time = asked("text").find((name) => isTime(place.site, name)) ?? null;
      const can =
        it.action === "make" ||
        (it.action === "end" ? endOf(place.built, place.site) : changersOf(place.built, place.site)[0]);
      return column && can
        ? { kind: "notice", text, column, time, hours: it.hours, action: it.action }
        : null;
    }
    case "count":
      return maker ? countRule(it, place, asked) : null;
    case "never": {
      const tool =
        it.action === "end" ? endOf(place.built, place.site) : changersOf(place.built, place.site)[0];
      return tool ? { kind: "never", text, action: it.action } : null;
    }
    default:
      return null;
  }
}

/** "Classes limited to 15 people": a number of rows, where one row is one place. */
function crowdRule(
  it: SaidRule,
  amount: SaidAmount,
  { site, workflow }: Place,
  asked: (type: string) => string[],
): Rule | null {
  const noun = (workflow.words.noun ?? "").split(" ").at(-1) ?? "";
  if (
    !amount.op.startsWith("<") ||
    !ALIKE[0]!.includes(amount.noun) ||
    !SHARED.test(noun) ||
    asked("integer").length > 0
  )
    return null;
  if (!it.own.includes(noun)) return null;
  const what = asked("enum")
    .concat(asked("text"))
    .find((name) => !isTime(site, name) && site.table.columns[name]?.required);
  const max = amount.op === "<" ? amount.value - 1 : amount.value;
  return what && max >= 1
    ? { kind: "count", text: it.text, of: "everybody", same: [what], sum: null, max }
    : null;
}

function countRule(
  it: SaidRule & { kind: "count" },
  { site, workflow }: Place,
  asked: (type: string) => string[],
): Rule | null {
  const base = { kind: "count" as const, text: it.text, max: it.max, sum: null };
  const day = futureDay(asked("date"));
  const time = asked("text").find((name) => isTime(site, name));
  const rest = it.per.filter((per) => per !== "person");
  const what = asked("enum")
    .concat(asked("text"))
    .find((name) => !isTime(site, name) && site.table.columns[name]?.required);
  if (rest.some((per) => /^(week|month|year)$/.test(per))) return null;
  if (rest.includes("day") && !day) return null;
  const same = rest.includes("day") && day ? [day] : [];
  if (it.per.includes("person")) {
    // "3 seats per person" is about one booking, where its seats are counted.
    const column = columnOf(
      { op: "<=", value: it.max, unit: "things", noun: it.noun },
      site,
      asked("integer"),
      true,
    );
    if (column && same.length === 0) return { kind: "range", text: it.text, column, min: null, max: it.max };
    return { ...base, of: "person", same };
  }
  if (rest.includes("slot")) return day && time ? { ...base, of: "everybody", same: [day, time] } : null;
  if (rest.includes("day")) return { ...base, of: "everybody", same };
  const isRecord = rest.some((per) =>
    [workflow.words.record, site.words.record, "booking", "reservation", "order", "request"].some(
      (word) => word?.split(" ").at(-1) === per,
    ),
  );
  const column = columnOf(
    { op: "<=", value: it.max, unit: "things", noun: it.noun },
    site,
    asked("integer"),
    true,
  );
  const inRecord = isRecord
    ? columnOf({ op: "<=", value: it.max, unit: "things", noun: it.noun }, site, asked("integer"))
    : null;
  if (inRecord) return { kind: "range", text: it.text, column: inRecord, min: null, max: it.max };
  const isAbout = rest.some((per) => (workflow.words.noun ?? "").split(" ").includes(per));
  if (!isAbout && !rest.some((per) => SHARED.test(per))) return null;
  // A table is one party's; a workshop is everybody's who comes.
  if (!rest.some((per) => SHARED.test(per)))
    return column ? { kind: "range", text: it.text, column, min: null, max: it.max } : null;
  if (what) return { ...base, of: "everybody", same: [what], sum: column };
  return day ? { ...base, of: "everybody", same: time ? [day, time] : [day], sum: column } : null;
}

function comparisonOf(amount: SaidAmount, site: Site, columns: readonly string[]): Comparison | null {
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
function columnOf(amount: SaidAmount, site: Site, columns: readonly string[], named = false): string | null {
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
const SHARED =
  /^(?:event|workshop|class|course|session|tour|seminar|webinar|show|match|trip|training|conference|meetup|screening|concert|retreat|camp|game|race|performance|talk|excursion|hike|walk|lesson|slot)$/;

const ALIKE = [
  [
    "guest",
    "people",
    "person",
    "seat",
    "visitor",
    "place",
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

function writtenBy(tool: TableTool): string[] {
  return [...tool.set, ...Object.keys(tool.values)];
}

function futureDay(names: readonly string[]): string | undefined {
  return names.find((name) => !PAST.test(name));
}

function isTime(site: Site, name: string): boolean {
  return /:\[0-5\]/.test(site.table.columns[name]?.pattern ?? "");
}

function sameRule(a: Rule, b: Rule): boolean {
  return JSON.stringify({ ...a, text: "" }) === JSON.stringify({ ...b, text: "" });
}
