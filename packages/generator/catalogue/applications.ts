import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { email, text } from "./column.ts";

/** Somebody applies: for a job, a place, a grant, an animal. */
export const applications = request({
  id: "applications",
  noun: "application",
  record: "application",
  verb: "apply for",
  also: ["send an application for", "ask for"],
  cues: {
    phrases: ["grant application", "loan application", "adoption application", "admission"],
    pairs: [
      {
        verbs: [
          "apply",
          "submit",
          "review",
          "collect",
          "screen",
          "track",
          "handle",
          "process",
          "manage",
          "accept",
        ],
        nouns: ["application", "applicant", "grant", "scholarship", "admission"],
      },
    ],
    nouns: ["application", "admission"],
    verbs: ["apply", "adopt", "nominate"],
  },
  columns: ({ noun }) => ({
    email: email("E-mail", "Where the applicant can be reached.", { required: true }),
    motivation: text("Motivation", `Why they apply and which ${noun} it is about, in their own words.`, {
      required: true,
      examples: ["I have done this for five years", "We have a garden and a lot of time"],
    }),
  }),
  form: true,
  statuses: ["received", "in review", "accepted", "declined", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { email: "alex@example.com", motivation: "I have done this for five years" },
    { email: "dana@example.org", motivation: "My present employer must not know yet" },
  ],
  opening: ({ noun }) => ({
    say: `I want to apply for ${withArticle(noun)}: I have always wanted to and live close by, my e-mail is kim@example.com`,
    stored: { email: "kim@example.com" },
  }),
});
