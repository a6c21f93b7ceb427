import type { PlannedWorkflow } from "#protocol/api/plan";
import type { Brief } from "./brief/brief.ts";
import { isPeople } from "./brief/find-facts.ts";
import { plural, singular, titleCase } from "./brief/words.ts";
import { subjectOf } from "./choose-entry.ts";

/** A name longer than this is no name any more. */
const MAX_LETTERS = 40;
/** Workflows that every second app has say nothing about this one. */
const NOT_TELLING = new Set(["questions", "support", "support-cases", "front-desk"]);

/**
 * What an app is called: the name the prompt gives it, else its subject with what it does: "Dentist Appointments",
 * "Meal Plans and Recipes for Athletes". A subject that says what is done already stays as it is: "Customer Support".
 */
export function appName(brief: Brief, workflows: readonly PlannedWorkflow[]): string {
  if (brief.name) return brief.name;
  const topic = topicOf(brief);
  const things = thingsOf(workflows);
  const people = peopleIn(topic);
  if (people) return fitting(things, "", ` for ${people}`);
  if (brief.business_words) return fitting(things, brief.business_words, "");
  if (things.some((it) => plural(topic) === it)) return fitting(things, "", "");
  if (topic && things.length > 0 && !saysDoing(topic)) return fitting(things, topic, "");
  if (!topic && things.length > 0) return fitting(things, "", "");
  return title(topic || (workflows[0]?.title ?? "My app").toLowerCase());
}

/** The subject, as many things as there is room for, and whom they are for. */
function fitting(things: readonly string[], subject: string, end: string): string {
  const said = subject.split(" ").map(rootOf);
  const fresh = things.map((it) =>
    it
      .split(" ")
      .filter((word) => !said.includes(rootOf(word)))
      .join(" "),
  );
  // "Bike Repair Shop Quotes" would hide that it is about repairs first.
  const told = fresh[0] ? fresh.filter(Boolean).slice(0, 2) : [];
  const names = [told.join(" and "), told[0] ?? ""].map((it) =>
    title(`${[subject, it].filter(Boolean).join(" ")}${end}`),
  );
  return (names.find((it) => it.length <= MAX_LETTERS) ?? title(subject || end.trim())).trim();
}

/** "tutoring" and "tutors" say the same twice. */
function rootOf(word: string): string {
  return singular(word).slice(0, 5);
}

/** What the app is about, in the plural: "appointments", "meal plans". */
function thingsOf(workflows: readonly PlannedWorkflow[]): string[] {
  const things = workflows
    .filter((it) => (it.table || it.capability === "documents") && !NOT_TELLING.has(it.capability))
    .map((it) =>
      it.capability === "documents"
        ? `${it.words.noun} answers`
        : (it.words.plural ?? plural(it.words.noun ?? it.title.toLowerCase())),
    );
  return [...new Set(things)];
}

/** `customer support`, `content drafting`: what is done is said already. */
function saysDoing(topic: string): boolean {
  return /(support|service|care|ing|ment|desk|page|check|lookup|triage|follow up)$/.test(topic);
}

/** "athletes", where the app is only said to be for somebody. */
function peopleIn(topic: string): string {
  return topic && isPeople(topic) ? plural(topic) : "";
}

/** What stands before "app": `customer support`, for `a customer support app`. */
function topicOf(brief: Brief): string {
  const topic = subjectOf(brief);
  if (!topic) return "";
  const whole = /^customer (support|service|care)$/.test(topic.lemmas.join(" "));
  return whole ? topic.lemmas.join(" ") : topic.object;
}

function title(phrase: string): string {
  return titleCase(phrase)
    .replace(/ (And|For|Of) /g, (word) => word.toLowerCase())
    .slice(0, 80);
}
