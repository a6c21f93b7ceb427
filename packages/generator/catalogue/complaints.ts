import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, text } from "./column.ts";

/** Something went wrong for somebody and they want it put right. */
export const complaints = request({
  id: "complaints",
  noun: "complaint",
  record: "complaint",
  whole: ["complaint", "grievance", "dispute"],
  madeAsRecord: true,
  suffix: "desk",
  verb: "file",
  human: true,
  also: ["make", "submit", "report"],
  cues: {
    phrases: ["customer complaint", "complaint handle", "noise complaint"],
    pairs: [
      {
        verbs: ["file", "handle", "make", "submit", "resolve", "manage", "log", "take", "report", "track"],
        nouns: ["complaint", "grievance", "dispute"],
      },
    ],
    nouns: ["complaint", "grievance", "dispute"],
    verbs: ["complain"],
  },
  columns: () => ({
    details: text("Details", "What went wrong, in the person's own words.", {
      required: true,
      examples: ["The parcel was left in the rain", "Nobody called me back"],
    }),
    happened_on: date("Happened on", "The day it happened."),
    severity: choice("Severity", "How bad it is for the person.", ["minor", "serious", "critical"], {
      required: true,
    }),
  }),
  statuses: ["received", "in review", "resolved", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { details: "Nobody called me back", happened_on: "2030-05-14", severity: "minor" },
    { details: "A stranger was let into my flat", happened_on: "2030-05-15", severity: "critical" },
  ],
  opening: ({ noun }) => ({
    say: `I want to file ${withArticle(noun)}, it is serious: the delivery was two weeks late, it happened on 2030-06-02`,
    stored: { severity: "serious", happened_on: "2030-06-02" },
  }),
});
