import type { Brief, Clause } from "./brief/brief.ts";
import { asksForHuman, isPeople } from "./brief/find-facts.ts";
import { readBrief } from "./brief/read-brief.ts";
import { CATALOGUE } from "./catalogue/all.ts";
import { anyFinder } from "./catalogue/any-finder.ts";
import { anyTracker } from "./catalogue/any-tracker.ts";
import { applications } from "./catalogue/applications.ts";
import type { Capability } from "./catalogue/capability.ts";
import { eventRegistration } from "./catalogue/event-registration.ts";
import { generic } from "./catalogue/generic.ts";
import { jobApplications } from "./catalogue/job-applications.ts";
import { onboarding } from "./catalogue/onboarding.ts";
import { ordering } from "./catalogue/ordering.ts";
import { productLookup } from "./catalogue/product-lookup.ts";
import { questions } from "./catalogue/questions.ts";
import { refunds } from "./catalogue/refunds.ts";
import { tasks } from "./catalogue/tasks.ts";
import { tutoring } from "./catalogue/tutoring.ts";
import { matchCapability, scoreOf } from "./match-capability.ts";
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
  /** Named by what the app is, not by what people do. */
  topic: boolean;
};

/** Verbs that only look: what is looked up is the same for everybody. */
const LOOKING = new Set(
  "find search browse look lookup discover compare recommend suggest explore see view list show learn".split(
    " ",
  ),
);
/** Verbs for what is there already. */
const LATER = new Set(
  "cancel change reschedule view see check manage update edit list show track delete withdraw extend confirm handle get".split(
    " ",
  ),
);
/** Verbs that say nothing about what is done. */
const EMPTY_VERBS = new Set(
  "be use look work run like love want need feel live go come keep try start stop know call make connect pick".split(
    " ",
  ),
);

/** What to build, in the order it was said; never empty. */
export function picksFrom(brief: Brief): Pick[] {
  const banned = bannedBy(brief);
  const all: Pick[] = [];
  for (const clause of brief.clauses) addClause(all, clause, false, brief);
  const picks = all.filter((it) => !banned(it));
  if (!picks.some((it) => it.capability.id !== "support")) {
    for (const task of brief.business?.tasks ?? []) {
      for (const clause of readBrief(task).clauses) {
        const capability = matchCapability(clause, CATALOGUE);
        if (!capability || !banned({ capability, noun: clause.object }))
          addClause(picks, clause, true, brief);
      }
    }
  }
  for (const clause of subjectsOfRules(brief)) {
    const capability = matchCapability(clause, CATALOGUE);
    if (capability && !banned({ capability, noun: clause.object })) addClause(picks, clause, false, brief);
    else if (
      !capability &&
      picks.length === 0 &&
      clause.verb === null &&
      / (?:request|order|form|report)$/.test(clause.object)
    )
      addClause(picks, { ...clause, frame: "topic" }, false, brief);
  }
  if (picks.length === 0) {
    const thing = brief.clauses.find((it) => it.object && it.frame !== "limit" && !isPeople(it.object));
    picks.push(pick(generic, nounOf(thing?.object ?? "", "request"), thing?.verb ?? null, true));
  }
  const sold = picks.find((it) => it.capability === productLookup && it.noun)?.noun ?? "";
  return picks
    .filter((it) => !isSaidTwice(it, picks))
    .map((it) => withOffers(it.capability === ordering && !it.noun ? { ...it, noun: sold } : it, brief));
}

/** "Maths tutoring: students book lessons and take quizzes": what the app is about is done by what was named. */
function isSaidTwice(it: Pick, picks: readonly Pick[]): boolean {
  // "Drivers log deliveries and customers track deliveries": one kind of record, which the tracker keeps.
  if (it.capability === generic && it.verb === "log")
    return picks.some((other) => other.capability.id === "deliveries" && sameThing(other.noun, it.noun));
  return it.topic && it.capability === tutoring && picks.filter((other) => !other.topic).length > 1;
}

/** What must not be built, as the prompt says. */
function bannedBy(brief: Brief): (it: { capability: Capability; noun: string }) => boolean {
  const clauses = brief.said.rules.flatMap((it) => (it.kind === "without" ? readBrief(it.what).clauses : []));
  return ({ capability, noun }) =>
    clauses.some((clause) => {
      const found = matchCapability(clause, CATALOGUE);
      // "no anonymous donations" rules out some of them only.
      const isWhole = found !== null && (!clause.object.includes(" ") || scoreOf(found.cues, clause) >= 20);
      if (found !== capability || !isWhole)
        return clause.object !== "" && (noun === clause.object || noun.endsWith(` ${clause.object}`));
      // "refunds but no exchanges": two things that one capability knows.
      const nouns = capability.cues.nouns ?? [];
      const [one, other] = [lastWord(noun), lastWord(clause.object)];
      return one === other || !nouns.includes(one) || !nouns.includes(other);
    });
}

/** What a prompt asks for in one place and rules out in another, as it was said. */
export function wantedAndBanned(brief: Brief): { wanted: string; banned: string }[] {
  return brief.said.rules.flatMap((rule) => {
    if (rule.kind !== "without") return [];
    const banned = bannedBy({ ...brief, said: { ...brief.said, rules: [rule] } });
    const isBanned = (clause: Clause) => {
      const capability = matchCapability(clause, CATALOGUE) ?? otherwise(clause);
      return capability !== null && banned({ capability, noun: clause.object });
    };
    const clause = brief.clauses.find((it) => it.frame !== "limit" && isBanned(it));
    const other = brief.said.rules.find(
      (it) => it.subject !== "" && readBrief(it.subject).clauses.some(isBanned),
    );
    const wanted = clause?.text ?? other?.text;
    return wanted === undefined ? [] : [{ wanted, banned: rule.text }];
  });
}

/** What conditions speak of: "refunds over $50 need my approval" wants refunds, even if nothing else says so. */
function subjectsOfRules(brief: Brief): Clause[] {
  return brief.said.rules.flatMap((it) => (it.subject === "" ? [] : readBrief(it.subject).clauses));
}

/** Tasks that were said and that nothing was planned for, as they were said. */
export function unplanned(brief: Brief): string[] {
  return brief.clauses
    .filter((it) => it.frame === "task" && it.verb && !EMPTY_VERBS.has(it.verb) && it.object)
    .filter((it) => !it.lemmas.includes("own") && !matchCapability(it, CATALOGUE) && !otherwise(it))
    .map((it) => it.text);
}

/** What the line of business usually offers, where the person named no choices themselves. */
function withOffers(it: Pick, brief: Brief): Pick {
  const main = readBrief(brief.business?.tasks[0] ?? "").clauses[0];
  if (!main || matchCapability(main, CATALOGUE) !== it.capability) return it;
  const noun = it.noun || main.object;
  if (it.items.length > 1 || !noun.endsWith(main.object)) return { ...it, noun };
  return { ...it, noun, items: brief.business?.offers ?? it.items };
}

function addClause(picks: Pick[], said: Clause, guessed: boolean, brief: Brief): void {
  if (said.frame === "limit" || isBusiness(said, brief) || asksForHuman(said)) return;
  const clause = said.verb ? said : (usualTask(said, brief) ?? said);
  const capability = capabilityFor(clause, brief);
  if (!capability) return;
  const open = [generic, anyFinder, anyTracker].includes(capability);
  const noun = open ? clause.object : thingIn(clause.object, brief);
  const looks = capability === anyFinder || (capability === generic && LATER.has(clause.verb ?? ""));
  if (looks && OWN_RECORDS.test(noun) && picks.length > 0) return;
  if (capability === applications && noun === "" && picks.some((it) => it.capability === jobApplications))
    return;
  if (capability === tasks && noun === "checklist" && picks.some((it) => it.capability === onboarding))
    return;
  const same = picks.find(
    (it) =>
      it.capability === capability &&
      (open ? sameThing(it.noun, noun) : !isAnother(it, capability, clause, noun)),
  );
  if (same) {
    // What people do says more than what the app is called: "a recruiting assistant that collects job applications".
    if (noun && (!same.noun || (same.guessed && !guessed) || (same.topic && clause.frame !== "topic"))) {
      same.noun = noun;
      same.items = [];
      same.topic = false;
    }
    if (noun && !same.items.includes(noun)) same.items.push(noun);
    return;
  }
  // "book visits and change visits": what is already planned covers it.
  if (capability === generic && LATER.has(clause.verb ?? "") && picks.some((it) => sameThing(it.noun, noun)))
    return;
  // A desk is named by its whole phrase ("technical support"); all else by the thing itself.
  const named = capability.id === "support" ? clause.lemmas.join(" ") : noun;
  const items = noun ? [noun] : [];
  picks.push({ ...pick(capability, named, clause.verb, guessed), items, topic: clause.frame === "topic" });
}

/** "see which of their requests are approved": what the other workflows show anyway. */
const OWN_RECORDS = /^(request|status|booking|detail|history|progress|result|record|entry|order|loan)$/;
const SHOP =
  /\b(shop|store|boutique|dealer|dealership|retailer|garden centre|nursery|bakery|winery|brewery|pharmacy)\b/;

function capabilityFor(clause: Clause, brief: Brief): Capability | null {
  const found = matchCapability(clause, CATALOGUE) ?? otherwise(clause);
  const isShop = SHOP.test(brief.business_words);
  if (found === generic && /\bsign(?:s|ing)? (?:[a-z]+ )?up (?:for|to)\b/.test(clause.text))
    return eventRegistration;
  if (clause.verb === "return" && clause.object && found === generic && isShop) return refunds;
  if (clause.verb === "ask" && !/\bask(?:s|ing)? for\b/.test(clause.text) && clause.object)
    if (!found || found === generic || found.several) return questions;
  // What a shop's customers look for is what it sells.
  return found === anyFinder && isShop ? productLookup : found;
}

/** "reserve pitches, rent bikes": two things to do with two kinds of things, not two choices of one. */
function isAnother(it: Pick, capability: Capability, clause: Clause, noun: string): boolean {
  return (
    capability.several === true &&
    clause.frame === "task" &&
    clause.verb !== it.verb &&
    !LATER.has(clause.verb ?? "") &&
    noun !== "" &&
    it.noun !== "" &&
    !sameThing(it.noun, noun)
  );
}

function pick(capability: Capability, noun: string, verb: string | null, guessed: boolean): Pick {
  return { capability, noun, verb, items: [], entry: false, guessed, topic: false };
}

/** What to do with a clause that the catalogue lacks but that still says what people do with what. */
function otherwise(clause: Clause): Capability | null {
  if (!clause.object || (isPeople(clause.object) && clause.verb !== "invite")) return null;
  // "See their own requests" asks for no workflow of its own.
  if (clause.lemmas.includes("own") && clause.verb && LOOKING.has(clause.verb)) return null;
  if (clause.verb && LOOKING.has(clause.verb)) return anyFinder;
  if (clause.verb && /^(track|follow)$/.test(clause.verb) && /\btheir\b/.test(clause.text))
    if (!OWN_DOINGS.test(clause.object)) return anyTracker;
  if (clause.verb === "track" && /\btrack (?:the|our|a)\b/.test(clause.text)) return anyFinder;
  if (clause.verb === "keep" && /(diary|journal|log)$/.test(clause.object)) return generic;
  if (clause.verb) return EMPTY_VERBS.has(clause.verb) ? null : generic;
  if (clause.frame === "topic")
    return / (request|report|list|log|form)$/.test(clause.object) ? generic : null;
  return clause.frame === "thing" && clause.listed ? generic : null;
}

/** What people note down themselves when they track it. */
const OWN_DOINGS =
  /(habit|mood|weight|hour|time|expense|spending|water|calorie|workout|exercise|run|symptom|period|progress|sleep|goal|reading|budget|mile|mileage|plant|hive|score|result|meal|pain|study)$/;

/** "a car repair shop" says who asks, not what to build. */
function isBusiness(clause: Clause, brief: Brief): boolean {
  return (
    (clause.frame === "topic" || (clause.frame === "thing" && !clause.listed)) &&
    brief.business_words !== "" &&
    brief.business_words.endsWith(clause.object)
  );
}

/** "tickets", for a museum: what it usually does with them. */
function usualTask(clause: Clause, brief: Brief): Clause | undefined {
  return (brief.business?.tasks ?? [])
    .flatMap((task) => readBrief(task).clauses)
    .find((it) => it.object !== "" && it.object === clause.object);
}

/** What an object names beyond what is done: "order" in "takes orders" names nothing. */
function thingIn(object: string, brief: Brief): string {
  const whole = nounOf(object, "").replace(
    /^(take|place|cancel|manage|track|reschedule|report|file|renew|answer|ask|send|submit) (?=\w)/,
    "",
  );
  const noun = whole.replace(/(^| )(order|booking|reservation)$/, "");
  // "restaurant reservations" are not of restaurants.
  const isPlace = noun !== whole && brief.business?.words.includes(noun);
  return noun === "help" || noun === brief.business_words || isPlace ? "" : noun;
}

function lastWord(phrase: string): string {
  return phrase.slice(phrase.lastIndexOf(" ") + 1);
}

function sameThing(a: string, b: string): boolean {
  return a !== "" && (a === b || a.endsWith(` ${b}`) || b.endsWith(` ${a}`));
}
