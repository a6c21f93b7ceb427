import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { date, email, text } from "./column.ts";
import { GIVING_VERBS } from "./giving-verbs.ts";

/** Things people give. */
export const donations = request({
  id: "donations",
  noun: "donation",
  record: "donation",
  verb: "give",
  also: ["donate", "offer", "bring"],
  cues: {
    phrases: ["blood donation", "food donation"],
    pairs: [
      {
        verbs: GIVING_VERBS,
        nouns: ["donation", "donor", "pledge"],
      },
    ],
    nouns: ["donation"],
    verbs: ["donate"],
  },
  columns: () => ({
    email: email("E-mail", "Where the person can be reached.", { required: true }),
    day: date("Day", "The day the person comes or brings it.", { required: true }),
    offer: text("Offer", "What the person gives, in their own words."),
  }),
  statuses: ["offered", "accepted", "done", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { email: "alex@example.com", day: "2030-05-14", offer: "Two large bags" },
    { email: "dana@example.org", day: "2030-05-15", offer: "Wants to stay anonymous, brings blankets" },
  ],
  opening: ({ noun }) => ({
    say: `I want to give ${withArticle(noun)} on 2030-06-20, my e-mail is kim@example.com`,
    stored: { day: "2030-06-20", email: "kim@example.com" },
  }),
});
