import { request } from "../shapes/request.ts";
import { integer, text } from "./column.ts";

/** What people think, as a rating and in words. */
export const feedback = request({
  id: "feedback",
  noun: "feedback",
  record: "feedback",
  whole: [
    "feedback",
    "review",
    "rating",
    "survey",
    "poll",
    "testimonial",
    "opinion",
    "suggestion",
    "nps",
    "evaluation",
  ],
  madeAsRecord: true,
  suffix: "desk",
  verb: "give",
  also: ["leave", "send", "share"],
  cues: {
    phrases: [
      "feedback survey",
      "customer feedback",
      "satisfaction survey",
      "leave review",
      "feedback collection",
      "course evaluation",
      "nps",
    ],
    pairs: [
      {
        verbs: [
          "give",
          "leave",
          "collect",
          "send",
          "share",
          "gather",
          "rate",
          "take",
          "answer",
          "fill",
          "write",
          "submit",
          "get",
          "handle",
        ],
        nouns: ["feedback", "review", "rating", "survey", "opinion", "suggestion", "testimonial", "poll"],
      },
    ],
    nouns: ["feedback", "review", "survey", "rating", "poll"],
    verbs: ["rate", "review"],
  },
  columns: () => ({
    rating: integer("Rating", "From 1, very bad, to 5, very good.", { required: true, examples: [1, 5] }),
    comment: text("Comment", "What the person thinks, in their own words.", {
      required: true,
      examples: ["Friendly people and quick answers", "The waiting time was too long"],
    }),
  }),
  statuses: ["received", "read", "answered"],
  samples: () => [
    { rating: 5, comment: "Friendly people and quick answers" },
    { rating: 2, comment: "The upstairs corridor smells of paint" },
  ],
  opening: ({ noun }) => ({
    say: `I want to give ${noun}: rating 4, the staff were kind but parking was hard to find`,
    stored: { rating: 4 },
  }),
});
