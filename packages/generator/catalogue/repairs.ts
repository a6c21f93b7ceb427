import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { choice, text } from "./column.ts";

const plain = request({
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
  columns: ({ trade }) => ({
    problem: text("Problem", "What has to be repaired, in the person's own words.", {
      required: true,
      examples: casesOf(trade).problems,
    }),
    urgency: choice("Urgency", "How soon it has to be repaired.", ["can wait", "soon", "emergency"], {
      required: true,
    }),
    place: text("Place", casesOf(trade).where),
  }),
  statuses: ["reported", "scheduled", "repaired", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: ({ trade }) => {
    const { problems, places } = casesOf(trade);
    return [
      { problem: problems[0], urgency: "soon", place: places[0] },
      { problem: problems[1], urgency: "can wait", place: places[1] },
    ];
  },
  opening: ({ noun, trade }) => ({
    say: `I want to request ${withArticle(noun)}, it is an emergency: ${casesOf(trade).urgent}`,
    stored: { urgency: "emergency" },
  }),
});

/** Something in a building, a vehicle or a device has to be repaired. */
export const repairs: Capability = {
  ...plain,
  plan: (ask) => {
    const isThing =
      ask.noun !== "" && !/(repair|maintenance|service|leak|damage|fault|breakdown)( |$)/.test(ask.noun);
    return plain.plan(isThing ? { ...ask, noun: `${ask.noun} repair` } : ask);
  },
};

type Cases = { problems: [string, string]; places: [string, string]; where: string; urgent: string };

/** What breaks depends on the trade: vehicles, devices, or else a home. */
function casesOf(trade: string): Cases {
  if (/\b(?:car|bike|bicycle|auto|garage|mechanic|motor|motorbike|van|boat|tyre)\b/.test(trade))
    return {
      problems: ["The brakes squeak", "The lock on the left side is stuck"],
      places: ["Parked at the shop", "Parked at home"],
      where: "Where it is, and its number plate if it has one.",
      urgent: "the brakes do not work any more",
    };
  if (/\b(?:phone|computer|laptop|electronics|device|watch|appliance)\b/.test(trade))
    return {
      problems: ["The screen is cracked", "The battery of my old one is swollen"],
      places: ["With me", "At the office"],
      where: "Where it is now.",
      urgent: "the screen stays black and I need it for work",
    };
  return {
    problems: ["The kitchen tap drips", "The safe in the study is stuck"],
    places: ["Flat 4", "Garden house"],
    where: "Where it is, such as the flat.",
    urgent: "water comes through the bathroom ceiling",
  };
}
