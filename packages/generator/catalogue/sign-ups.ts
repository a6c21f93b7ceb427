import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { date, email, text } from "./column.ts";
import { GIVING_VERBS } from "./giving-verbs.ts";

const shifts = request({
  id: "sign-ups",
  noun: "shift",
  record: "sign-up",
  verb: "sign up for",
  also: ["volunteer for", "help with", "take"],
  cues: {
    phrases: ["volunteer sign", "volunteer shift", "sign up volunteer"],
    pairs: [
      {
        verbs: GIVING_VERBS,
        nouns: ["volunteer", "shift"],
      },
    ],
    nouns: ["volunteer", "volunteering"],
    verbs: ["volunteer"],
    unless: ["swap", "trade", "log", "record"],
  },
  columns: () => ({
    email: email("E-mail", "Where the person can be reached.", { required: true }),
    day: date("Day", "The day the person comes or brings it.", { required: true }),
    offer: text("Offer", "What the person gives or can do, in their own words."),
  }),
  statuses: ["offered", "accepted", "done", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { email: "alex@example.com", day: "2030-05-14", offer: "Two hours at the counter" },
    { email: "dana@example.org", day: "2030-05-15", offer: "Wants to stay anonymous, works at night" },
  ],
  opening: ({ noun }) => ({
    say: `I want to sign up for ${withArticle(noun)} on 2030-06-20, my e-mail is kim@example.com`,
    stored: { day: "2030-06-20", email: "kim@example.com" },
  }),
});

/** People who want to help: volunteers and their shifts. */
export const signUps: Capability = {
  ...shifts,
  plan: (ask) => shifts.plan({ ...ask, noun: ask.noun.replace(/(^| )volunteer(ing)?$/, "").trim() }),
};
