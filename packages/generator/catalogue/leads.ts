import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { email, text } from "./column.ts";

/** Somebody who may become a customer leaves how to reach them and what they look for. */
export const leads = request({
  id: "leads",
  noun: "enquiry",
  record: "enquiry",
  whole: ["enquiry", "inquiry", "lead", "prospect", "contact", "waitlist"],
  madeAsRecord: true,
  suffix: "capture",
  verb: "leave",
  also: ["send", "register", "give my details for"],
  cues: {
    phrases: [
      "lead capture",
      "lead generation",
      "contact form",
      "contact detail",
      "capture lead",
      "sales enquiry",
      "sales inquiry",
      "call back",
      "callback request",
      "waiting list",
      "waitlist",
      "mailing list",
    ],
    pairs: [
      {
        verbs: [
          "capture",
          "collect",
          "qualify",
          "generate",
          "follow",
          "manage",
          "register",
          "take",
          "answer",
          "handle",
        ],
        nouns: ["lead", "prospect", "contact", "enquiry", "inquiry", "signup"],
      },
    ],
    nouns: ["lead", "prospect", "enquiry", "inquiry"],
    verbs: ["enquire", "inquire"],
  },
  columns: () => ({
    email: email("E-mail", "Where the person can be reached.", { required: true }),
    interest: text("Interest", "What the person is looking for, in their own words.", {
      required: true,
      examples: ["A website for our bakery", "Prices for a team of ten"],
    }),
    company: text("Company", "The company they work for, if any."),
  }),
  statuses: ["new", "contacted", "qualified", "closed"],
  samples: () => [
    { email: "alex@example.com", interest: "Prices for a team of ten", company: "Birch & Co" },
    {
      email: "dana@example.org",
      interest: "A quiet launch before the summer",
      company: "Harbour Lane Studio",
    },
  ],
  opening: ({ noun }) => ({
    say: `I want to leave ${withArticle(noun)}: prices for a large order next spring, my e-mail is kim@example.com`,
    stored: { email: "kim@example.com" },
  }),
});
