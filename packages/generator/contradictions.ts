import type { Question } from "#protocol/api/question";
import type { Brief } from "./brief/brief.ts";
import type { SaidRule } from "./brief/said-rule.ts";
import { wantedAndBanned } from "./picks-from.ts";

/** Two things a prompt says that can't both hold; `holds` is the one that is built when nobody is asked. */
export type Contradiction = { id: string; holds: string; yields: string };

const MAX_ASKED = 2;

/** In the order they were said. Where nobody answers, what forbids more holds. */
export function contradictionsIn(brief: Brief): Contradiction[] {
  const { rules } = brief.said;
  const pairs: { holds: string; yields: string }[] = [];
  for (const { banned, wanted } of wantedAndBanned(brief)) pairs.push({ holds: banned, yields: wanted });
  for (const [at, one] of rules.entries())
    for (const other of rules.slice(at + 1)) if (clash(one, other)) pairs.push(stricterFirst(one, other));
  return pairs.slice(0, 6).map((it, at) => ({ ...it, id: `contradiction_${at + 1}` }));
}

export function asQuestions(contradictions: readonly Contradiction[]): Question[] {
  return contradictions.slice(0, MAX_ASKED).map(({ id, holds, yields }) => ({
    id,
    text: `You said “${holds}” and also “${yields}”. Which one holds?`.slice(0, 300),
    options: [holds, yields].map((it) => ({ value: it, label: it })),
  }));
}

function clash(a: SaidRule, b: SaidRule): boolean {
  if (!alike(a, b)) return false;
  if (a.kind === "weekdays" && b.kind === "weekdays") return !a.days.some((day) => b.days.includes(day));
  if (a.kind === "hours" && b.kind === "hours") return a.to <= b.from || b.to <= a.from;
  if (a.kind === "range" && b.kind === "range") {
    const [one] = a.amounts;
    const [other] = b.amounts;
    if (
      !one ||
      !other ||
      one.unit !== other.unit ||
      one.noun !== other.noun ||
      a.amounts.length + b.amounts.length > 2
    )
      return false;
    const same = one.op.charAt(0) === other.op.charAt(0);
    return same
      ? one.value !== other.value
      : one.op.startsWith("<")
        ? one.value < other.value
        : other.value < one.value;
  }
  if (a.kind === "count" && b.kind === "count")
    return a.per.join() === b.per.join() && a.noun === b.noun && a.max !== b.max;
  return false;
}

/** Both speak of the same thing, as far as their words tell. */
function alike(a: SaidRule, b: SaidRule): boolean {
  if (a.own.length === 0 || b.own.length === 0) return true;
  return a.own.some((word) => word.length > 4 && b.own.includes(word));
}

function stricterFirst(a: SaidRule, b: SaidRule): { holds: string; yields: string } {
  const size = (it: SaidRule) =>
    it.kind === "range" ? (it.amounts[0]?.value ?? 0) : it.kind === "count" ? it.max : 0;
  return size(b) < size(a) ? { holds: b.text, yields: a.text } : { holds: a.text, yields: b.text };
}
