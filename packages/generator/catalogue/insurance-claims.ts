import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, money, text } from "./column.ts";

/** Damage somebody is insured against. */
export const insuranceClaims = request({
  id: "insurance-claims",
  noun: "claim",
  record: "claim",
  whole: ["claim", "dispute"],
  madeAsRecord: true,
  suffix: "desk",
  verb: "file",
  also: ["make", "report", "submit"],
  cues: {
    phrases: ["insurance claim", "file claim", "warranty claim", "damage claim"],
    pairs: [
      {
        verbs: ["file", "submit", "process", "handle", "track", "make", "report", "manage", "check"],
        nouns: ["claim", "warranty", "accident"],
      },
    ],
    nouns: ["claim"],
  },
  columns: () => ({
    kind: choice("Kind", "What was damaged.", ["car", "home", "travel", "health", "other"], {
      required: true,
    }),
    happened_on: date("Happened on", "The day it happened.", { required: true }),
    amount: money("Amount", "How much the damage is, roughly."),
    details: text("Details", "What happened, in the person's own words.", {
      required: true,
      examples: ["A stone hit the windscreen", "Water came through the roof"],
    }),
  }),
  form: true,
  statuses: ["received", "in review", "accepted", "declined", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { kind: "car", happened_on: "2030-05-14", amount: 320, details: "A stone hit the windscreen" },
    { kind: "home", happened_on: "2030-05-15", amount: 8400, details: "Candles set the guest room on fire" },
  ],
  opening: ({ noun }) => ({
    say: `I want to file ${withArticle(noun)} for my car: a branch fell on the roof, it happened on 2030-06-02`,
    stored: { kind: "car", happened_on: "2030-06-02" },
  }),
});
