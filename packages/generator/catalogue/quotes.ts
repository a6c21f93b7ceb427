import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, text } from "./column.ts";

/** Somebody wants to know what a job would cost. */
export const quotes = request({
  id: "quotes",
  noun: "quote",
  record: "quote",
  whole: ["quote", "quotation", "estimate", "proposal", "offer"],
  madeAsRecord: true,
  suffix: "desk",
  verb: "request",
  also: ["ask for", "get"],
  cues: {
    phrases: ["price quote", "cost estimate", "quote request", "price estimate", "get price"],
    pairs: [
      {
        verbs: [
          "get",
          "give",
          "request",
          "ask",
          "send",
          "prepare",
          "provide",
          "generate",
          "make",
          "create",
          "want",
          "offer",
          "estimate",
          "handle",
        ],
        nouns: ["quote", "quotation", "estimate", "price", "offer", "proposal", "cost"],
      },
    ],
    nouns: ["quote", "quotation", "estimate", "proposal"],
    verbs: ["quote", "estimate"],
  },
  choices: true,
  columns: ({ items }) => ({
    ...(items.length > 1
      ? { service: choice("Service", "What the quote is for.", items, { required: true }) }
      : {}),
    details: text("Details", "What has to be done, in the person's own words.", {
      required: true,
      examples: ["Two rooms and a hallway", "A logo and a small website"],
    }),
    wanted_by: date("Wanted by", "The day the work should be done by, if there is one."),
  }),
  form: true,
  statuses: ["requested", "sent", "accepted", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: ({ items }) => [
    {
      ...(items[1] ? { service: items[0]! } : {}),
      details: "Two rooms and a hallway",
      wanted_by: "2030-06-01",
    },
    {
      ...(items[1] ? { service: items[1] } : {}),
      details: "The old cottage behind the mill",
      wanted_by: "2030-07-15",
    },
  ],
  opening: ({ noun, items }) => ({
    say: `I want to request ${withArticle(noun)}${items[1] ? ` for ${items[1]}` : ""}: about three days of work at my house, wanted by 2030-08-01`,
    stored: { wanted_by: "2030-08-01", ...(items[1] ? { service: items[1] } : {}) },
  }),
});
