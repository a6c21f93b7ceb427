import type { Brief, Clause } from "./brief/brief.ts";
import { frontDesk } from "./catalogue/front-desk.ts";
import { supportCases } from "./catalogue/support-cases.ts";
import type { Pick } from "./picks-from.ts";

/**
 * Marks where chats start, first in the list: the support desk if one was asked for, the only workflow if there is
 * one, else a front desk named after the business.
 */
export function chooseEntry(picks: readonly Pick[], brief: Brief): Pick[] {
  const desk = picks.find((it) => it.capability.id === "support");
  const others = picks.filter((it) => it !== desk);
  if (desk && others.length === 0) return [{ ...desk, capability: supportCases, entry: true }];
  if (desk) return [{ ...desk, entry: true }, ...others];
  const only = others[0];
  if (only && others.length === 1) return [{ ...only, entry: true }];
  const topic = subjectOf(brief)?.object;
  const noun = brief.business_words || topic || "";
  return [
    { capability: frontDesk, noun, verb: null, items: [], entry: true, guessed: false, topic: false },
    ...others,
  ];
}

/** "for the first week" says when, not what. */
const TIME = /(^| )(day|week|month|year|time|free|now|start)$/;

/** The clause that says what the whole is: "a gym app", or "Student housing: …". */
export function subjectOf(brief: Brief): Clause | undefined {
  const topic = brief.clauses.find((it) => it.frame === "topic" && it.object && !TIME.test(it.object));
  const first = brief.clauses[0];
  if (topic || brief.clauses.length < 2) return topic;
  return first?.frame === "thing" && !first.listed && first.object ? first : undefined;
}
