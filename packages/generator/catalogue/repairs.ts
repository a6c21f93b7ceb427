import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, text } from "./column.ts";

/** Something in a building or a vehicle has to be repaired. */
export const repairs = request({
  id: "repairs",
  noun: "repair",
  record: "request",
  verb: "request",
  also: ["report", "ask for", "book"],
  cues: {
    phrases: [
      "maintenance request",
      "repair request",
      "report repair",
      "maintenance issue",
      "report maintenance",
      "report leak",
      "property maintenance",
    ],
    pairs: [
      {
        verbs: [
          "report",
          "request",
          "handle",
          "schedule",
          "book",
          "manage",
          "log",
          "submit",
          "arrange",
          "track",
        ],
        nouns: ["repair", "maintenance", "leak", "damage", "fault", "breakdown"],
      },
    ],
    nouns: ["repair", "maintenance"],
    verbs: ["repair"],
  },
  columns: () => ({
    problem: text("Problem", "What has to be repaired, in the person's own words.", {
      required: true,
      examples: ["The kitchen tap drips", "The brakes squeak"],
    }),
    urgency: choice("Urgency", "How soon it has to be repaired.", ["can wait", "soon", "emergency"], {
      required: true,
    }),
    place: text("Place", "Where it is, such as the flat or the number plate."),
  }),
  statuses: ["reported", "scheduled", "repaired", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { problem: "The kitchen tap drips", urgency: "soon", place: "Flat 4" },
    { problem: "The safe in the study is stuck", urgency: "can wait", place: "Garden house" },
  ],
  opening: ({ noun }) => ({
    say: `I want to request ${withArticle(noun)}, it is an emergency: water comes through the bathroom ceiling`,
    stored: { urgency: "emergency" },
  }),
});
