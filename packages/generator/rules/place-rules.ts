import type { PlannedWorkflow } from "#protocol/api/plan";
import type { Rule } from "#protocol/api/rule";
import type { TableTool } from "#protocol/app-file/tool";
import type { SaidAmount, SaidRule } from "../brief/said-rule.ts";
import { lemmaOf, singular } from "../brief/words.ts";
import type { Built, Site } from "../catalogue/capability.ts";
import { ALIKE, columnOf, comparisonOf, futureDay, isTime, SHARED } from "./columns-of.ts";
import { changersOf, endOf, makerOf } from "./tools-of.ts";

export type Place = { workflow: PlannedWorkflow; site: Site; built: Built };
/** What each workflow keeps to, by its name, and the rules that no workflow can keep to. */
export type Placed = { rules: Map<string, Rule[]>; unbuilt: SaidRule[] };

const MAX_RULES = 12;
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
    // Where one booking can hold several seats, it is the seats that count.
    const column = columnOf(
      { op: "<=", value: it.max, unit: "things", noun: it.noun },
      site,
      asked("integer"),
      true,
    );
    return { ...base, of: "person", same, sum: column };
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

function writtenBy(tool: TableTool): string[] {
  return [...tool.set, ...Object.keys(tool.values)];
}

function sameRule(a: Rule, b: Rule): boolean {
  return JSON.stringify({ ...a, text: "" }) === JSON.stringify({ ...b, text: "" });
}
