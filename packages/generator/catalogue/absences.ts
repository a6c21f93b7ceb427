import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, text } from "./column.ts";

/** A child, pupil or member who can't come. */
export const absences = request({
  id: "absences",
  noun: "absence",
  record: "report",
  suffix: "reports",
  verb: "report",
  also: ["tell about", "announce"],
  cues: {
    phrases: ["report absence", "sick note", "attendance"],
    pairs: [
      {
        verbs: ["report", "track", "log", "excuse", "submit", "manage", "record"],
        nouns: ["absence", "attendance", "sickness"],
      },
    ],
    nouns: ["absence", "attendance"],
  },
  columns: () => ({
    who: text("Who", "The name of the person who can't come.", {
      required: true,
      examples: ["Mia Berg", "Tom Hale"],
    }),
    date: date("Date", "The day of the absence.", { required: true }),
    reason: choice("Reason", "Why they can't come.", ["illness", "appointment", "family", "other"], {
      required: true,
    }),
  }),
  statuses: ["reported", "excused", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { who: "Mia Berg", date: "2030-05-14", reason: "illness" },
    { who: "Dana Winterbourne", date: "2030-05-15", reason: "family" },
  ],
  opening: ({ noun }) => ({
    say: `I want to report ${withArticle(noun)}: Tom Hale, on 2030-06-03, because of illness`,
    stored: { date: "2030-06-03", reason: "illness" },
  }),
});
