import type { Brief, Clause } from "./brief/brief.ts";
import { readBrief } from "./brief/read-brief.ts";
import { CATALOGUE } from "./catalogue/all.ts";
import type { Capability } from "./catalogue/capability.ts";
import { generic } from "./catalogue/generic.ts";
import { matchCapability } from "./match-capability.ts";
import { nounOf } from "./shapes/noun-of.ts";

/** One workflow to plan: which kind of work, on what. */
export type Pick = {
  capability: Capability;
  noun: string;
  verb: string | null;
  items: string[];
  entry: boolean;
  /** Chosen from the line of business, not said. */
  guessed: boolean;
};

/** Verbs that say nothing about what is done to whom. */
const EMPTY_VERBS = new Set(
  "be use look work run like love want need feel live go come keep try start stop know call make".split(" "),
);

/** What to build, in the order it was said; never empty. */
export function picksFrom(brief: Brief): Pick[] {
  const picks: Pick[] = [];
  for (const clause of brief.clauses) addClause(picks, clause, false);
  if (!picks.some((it) => it.capability.id !== "support")) {
    for (const task of brief.business?.tasks ?? []) {
      for (const clause of readBrief(task).clauses) addClause(picks, clause, true);
    }
  }
  if (picks.length === 0) {
    const thing = brief.clauses.find((it) => it.object && it.frame !== "limit");
    picks.push(pick(generic, nounOf(thing?.object ?? "", "request"), null, true));
  }
  return picks.map((it) => ({
    ...it,
    items: it.items.length > 1 ? it.items : (brief.business?.offers ?? it.items),
  }));
}

function addClause(picks: Pick[], clause: Clause, guessed: boolean): void {
  if (clause.frame === "limit") return;
  const matched = matchCapability(clause, CATALOGUE);
  const doable =
    (clause.frame === "task" || clause.frame === "shared") && clause.verb && !EMPTY_VERBS.has(clause.verb);
  const capability = matched ?? (doable && clause.object ? generic : null);
  if (!capability) return;
  const noun = capability === generic ? clause.object : nounOf(clause.object, "");
  const same = picks.find(
    (it) => it.capability === capability && (capability !== generic || sameThing(it.noun, noun)),
  );
  if (same) {
    if (noun && !same.noun) same.noun = noun;
    if (noun && !same.items.includes(noun)) same.items.push(noun);
    return;
  }
  // "book visits and cancel visits": what is already planned covers it.
  if (capability === generic && picks.some((it) => sameThing(it.noun, noun))) return;
  // A desk is named by its whole phrase ("technical support"); all else by the thing itself.
  const named = capability.id === "support" ? clause.lemmas.join(" ") : noun;
  picks.push({ ...pick(capability, named, clause.verb, guessed), items: noun ? [noun] : [] });
}

function pick(capability: Capability, noun: string, verb: string | null, guessed: boolean): Pick {
  return { capability, noun, verb, items: [], entry: false, guessed };
}

function sameThing(a: string, b: string): boolean {
  return a !== "" && (a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`));
}
