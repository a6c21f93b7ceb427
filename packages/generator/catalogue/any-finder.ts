import { isPeople } from "../brief/find-facts.ts";
import { capital } from "../brief/words.ts";
import { finder } from "../shapes/finder.ts";
import type { Capability } from "./capability.ts";
import { text } from "./column.ts";

const listings = finder({
  id: "lookup",
  noun: "listing",
  suffix: "finder",
  cues: {
    phrases: ["data lookup", "record lookup", "lookup tool", "search tool", "database lookup", "data look"],
    nouns: ["directory", "database", "register"],
  },
  key: "title",
  narrow: [],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is called.`, {
      required: true,
      examples: titlesFor(noun),
    }),
    details: text("Details", `What people should know about the ${noun}.`, { required: true }),
    place: text("Place", "Where it is or where to get it."),
  }),
  samples: (noun) => {
    const [first, second, third] = titlesFor(noun);
    return [
      { title: first, details: "A good one to start with", place: "Old town" },
      { title: second, details: "Only a few people know it", place: "Mill Lane" },
      { title: third, details: "Very much asked for, so be early", place: "Harbour" },
    ];
  },
  question: (_noun, first) => ({
    say: `Tell me about ${String(first.title)}`,
    fact: String(first.place),
  }),
  tells: "what to know about it and where it is",
});

const PERSONS =
  /(tutor|doctor|supplier|coach|mentor|therapist|expert|guide|player|member|sitter|nanny|craftsman|contact|person)$/;

function titlesFor(noun: string): [string, string, string] {
  if (PERSONS.test(noun) || isPeople(noun)) return ["Mia Berg", "Jonas Hale", "Priya Nair"];
  const own = noun.split(" ").at(-1) ?? noun;
  return [capital(`riverside ${own}`), capital(`hilltop ${own}`), capital(`harbour ${own}`)];
}

/** Words for what is looked up in, not for what is looked up. */
const PLACES =
  /^(?:(?:data|record|information) ?)?(?:data|record|database|directory|register|lookup|search|)$/;
const BEHIND =
  /\b(?:lookup|look up|search|database|directory|register) (?:for|of|in|on|over|about) (?:(?:our|the|my|all) )*([a-z]+)/;

/** Looking up whatever the catalogue does not know: hiking trails, books, tutors. */
export const anyFinder: Capability = {
  ...listings,
  plan: (ask) => {
    const behind = ask.brief.clauses.map((it) => BEHIND.exec(it.lemmas.join(" "))?.[1]).find(Boolean);
    const said = /^(schedule|timetable|programme|program|calendar|agenda)$/.test(ask.noun)
      ? "event"
      : ask.noun;
    const noun = PLACES.test(said) ? (behind ?? "") : said;
    return listings.plan({ ...ask, noun: noun.replace(/ (database|directory|register)$/, "") });
  },
};
