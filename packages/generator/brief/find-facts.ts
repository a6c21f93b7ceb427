import { nounOf } from "../shapes/noun-of.ts";
import type { Brief, Clause } from "./brief.ts";
import { BUSINESSES } from "./businesses.ts";
import { plural } from "./words.ts";

/** People an app may serve, in the singular; the first that is named wins. */
const PEOPLE = new Set(
  "customer client patient member employee student tenant guest parent visitor donor volunteer pupil resident subscriber shopper traveller traveler passenger reader player citizen candidate applicant learner beginner buyer supporter teacher driver farmer musician artist developer colleague worker resident homeowner neighbour neighbor owner runner athlete climber cyclist staff family graduate partner parishioner trainee apprentice maker collector seller hiker diver rider pilot beekeeper broker swimmer gamer musician fan".split(
    " ",
  ),
);

/** `student`, `pet owner`: somebody rather than something. */
export function isPeople(object: string): boolean {
  return PEOPLE.has(object.slice(object.lastIndexOf(" ") + 1));
}

/** Who will chat, in the plural, or "". */
export function findPeople(clauses: readonly Clause[]): string {
  for (const clause of clauses) {
    for (const [at, lemma] of clause.lemmas.entries()) {
      if (!PEOPLE.has(lemma)) continue;
      // "customer support", "student loans": there the word tells what kind, not who.
      const next = clause.lemmas[at + 1];
      if (clause.frame === "topic" && next && clause.lemmas.length <= 3) continue;
      const before = clause.lemmas[at - 1];
      return plural(
        lemma === "owner" && before && /^(pet|dog|cat|car|home)$/.test(before) ? `${before} owner` : lemma,
      );
    }
  }
  return "";
}

/** "hands over to a human": a wish for people of the team, not for something to build. */
export function asksForHuman(clause: Clause): boolean {
  const text = clause.lemmas.join(" ");
  return (
    /\b(?:human|real person|live agent|live chat|operator|representative|team member|staff member|member of staff)\b/.test(
      text,
    ) &&
    (clause.verb === null ||
      clause.frame === "shared" ||
      /^(?:hand|talk|speak|transfer|escalate|pass|connect|reach|contact|call|get|ask|forward|bring|send|route)$/.test(
        clause.verb,
      ))
  );
}

/** The line of business named, the longest words first so that "dental clinic" is not just a clinic. */
export function findBusiness(clauses: readonly Clause[]): Pick<Brief, "business" | "business_words"> {
  let best: Pick<Brief, "business" | "business_words"> = { business: null, business_words: "" };
  let score = 0;
  for (const clause of clauses) {
    const text = ` ${clause.lemmas.join(" ")} `;
    for (const business of BUSINESSES) {
      for (const words of business.words) {
        if (!text.includes(` ${words} `)) continue;
        // "where gardeners borrow seeds": they are who chats.
        const isWho = clause.frame === "task" && clause.text.includes(`${words}s `);
        const points =
          words.length -
          (isWho ? 20 : 0) +
          (clause.frame === "topic" ? 40 : clause.frame === "limit" ? -40 : 0);
        if (points > score) {
          score = points;
          best = {
            business,
            business_words: clause.object.includes(words)
              ? nounOf(clause.object, words)
              : tradeIn(clause.text, words),
          };
        }
      }
    }
  }
  return best.business ? best : { business: null, business_words: otherTrade(clauses) };
}

/** "shoe store", for `a returns desk for a shoe store`. */
function tradeIn(text: string, words: string): string {
  return new RegExp(`\\b(?:an?|the|my|our) ((?:[a-z-]{1,30} ){0,2}?${words})\\b`).exec(text)?.[1] ?? words;
}

/** What places of work are called, whatever is done there. */
const TRADES =
  "studio shop store clinic practice salon club company agency firm school office bank farm space centre center workshop brewery choir orchestra band team league yard station hub lab laboratory society guild charity church hospice orchard vineyard observatory theatre foundation co-op cooperative municipality council nursery stable marina airfield home bureau".split(
    " ",
  );

/** A place of work that no list holds: `bus company`; "" where none is named. */
function otherTrade(clauses: readonly Clause[]): string {
  for (const clause of clauses) {
    if (clause.frame === "limit") continue;
    const text = clause.text;
    const found = new RegExp(
      `(?:^|\\b(?:an?|the|my|our|of|for|at) )((?!(?:an?|the|my|our|of|for|at) )(?:[a-z-]{2,30} ){1,3}(?:${TRADES.join("|")}))$`,
    ).exec(text)?.[1];
    if (found) return found.replace(/^(?:an?|the|my|our|small|local|new) /, "");
  }
  return "";
}

/** `called "Paw Pals"`, `named PawPals`: what the person calls the app. */
export function findName(text: string): string | null {
  const quoted = /\b(?:called|named|name it|call it)\s+["']([^"']{2,60})["']/i.exec(text);
  const plain = /\b(?:called|named|[Nn]ame it|[Cc]all it)\s+((?:[A-Z][\w&-]{1,30} ?){1,4})/.exec(text);
  const name = (quoted?.[1] ?? plain?.[1] ?? "").replace(/[^\p{L}\p{N} &'\-.]/gu, "").trim();
  return /\p{L}/u.test(name) && !isOffensive(name) ? name.slice(0, 60) : null;
}

/** Words that no app is given as its name, whoever asks for it. */
export function isOffensive(text: string): boolean {
  return /\b(?:fuck\w*|shit\w*|cunts?|bitch\w*|assholes?|arseholes?|wank\w*|nigg\w*|fag(?:got)?s?|retards?|whores?|sluts?|nazis?|hitler)\b/i.test(
    text,
  );
}
