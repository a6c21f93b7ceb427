import type { Business } from "./businesses.ts";
import type { Said } from "./said-rule.ts";

/** One thing a prompt says. */
export type Clause = {
  /** As it was said. */
  text: string;
  /** Lower case, nouns in the singular and verbs in their base form, in the order said. */
  lemmas: string[];
  /** What is done, in its base form: `track`. Null where only a thing is named. */
  verb: string | null;
  /** To what, in the singular: `order`. "" when nothing is named. */
  object: string;
  /**
   * `task`: a verb was said. `shared`: the verb of the clause before ("book massages and facials").
   * `thing`: only named ("an app with reservations"). `topic`: what the app is or is for.
   * `limit`: a condition ("only on weekdays").
   */
  frame: "task" | "shared" | "thing" | "topic" | "limit";
  /** A thing that was listed: "an app with recipes and shopping lists". */
  listed: boolean;
};

/** What a prompt asks for, before it is decided how. */
export type Brief = {
  clauses: Clause[];
  /** What the app is called, if the prompt says so. */
  name: string | null;
  /** The prompt gives a name that no app is given. */
  name_refused: boolean;
  /** A line of business that was recognised. */
  business: Business | null;
  /** The words for it that the person used: `yoga studio`. */
  business_words: string;
  /** Who will chat, in the plural: `patients`. */
  people: string;
  /** Conditions, languages and roles, taken out of the clauses. */
  said: Said;
  /** Sentences that talk to the planner instead of describing an app; left out. */
  left_out: string[];
};
