import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { date, text } from "./column.ts";

/** Anything the catalogue has no better idea for: say what you need, come back to it, withdraw it. */
export const generic = request({
  id: "request",
  noun: "request",
  record: "request",
  verb: "request",
  also: ["ask for", "submit", "make"],
  cues: {},
  columns: ({ noun }) => ({
    details: text("Details", `What the person needs, in their own words.`, {
      required: true,
      examples: [`I need help with ${withArticle(noun)}`],
    }),
    needed_by: date("Needed by", "The day it is needed by, if there is one."),
  }),
  statuses: ["open", "in progress", "done", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { details: "Something for two people, with a short introduction", needed_by: "2030-05-14" },
    { details: "A surprise for Dana's birthday, please keep it quiet", needed_by: "2030-06-01" },
  ],
  opening: ({ noun, record }) => ({
    say: `I want to make ${withArticle(record)}: the blue ${noun} near the entrance, needed by 2030-05-20`,
    stored: { needed_by: "2030-05-20" },
  }),
});
