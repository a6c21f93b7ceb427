import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { date, email, text } from "./column.ts";

/** What has to be known about somebody before the first meeting. */
export const intakeForms = request({
  id: "intake-forms",
  noun: "intake form",
  record: "intake form",
  suffix: "",
  whole: ["form", "intake", "onboarding", "questionnaire", "history"],
  madeAsRecord: true,
  verb: "submit",
  also: ["fill in", "fill out", "complete", "start"],
  cues: {
    phrases: [
      "intake form",
      "patient intake",
      "client intake",
      "client onboarding",
      "customer onboarding",
      "employee onboarding",
      "registration form",
      "intake questionnaire",
      "new patient",
      "new client",
    ],
    pairs: [
      {
        verbs: ["fill", "complete", "submit", "collect", "onboard", "take"],
        nouns: ["form", "intake", "questionnaire", "onboarding", "medical history", "history"],
      },
    ],
    nouns: ["intake", "onboarding", "questionnaire"],
    verbs: ["onboard"],
  },
  columns: () => ({
    email: email("E-mail", "Where the person can be reached.", { required: true }),
    birth_date: date("Date of birth", "The day the person was born.", {
      required: true,
      examples: ["1988-04-23"],
    }),
    reason: text("Reason", "Why they come, in their own words.", {
      required: true,
      examples: ["A second opinion", "Help with a contract"],
    }),
    notes: text("Notes", "Anything else that matters, such as allergies."),
  }),
  form: true,
  statuses: ["received", "reviewed", "accepted", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { email: "alex@example.com", birth_date: "1988-04-23", reason: "A second opinion" },
    { email: "dana@example.org", birth_date: "1979-11-02", reason: "A private family matter" },
  ],
  opening: ({ noun }) => ({
    say: `I want to submit ${withArticle(noun)}: I need advice about my knee, I was born on 1990-02-03 and my e-mail is kim@example.com`,
    stored: { email: "kim@example.com", birth_date: "1990-02-03" },
  }),
});
