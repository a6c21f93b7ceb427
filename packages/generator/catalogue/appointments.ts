import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, text, time } from "./column.ts";

/** A time with somebody: appointments, classes, lessons, visits. */
export const appointments = request({
  id: "appointments",
  noun: "appointment",
  record: "booking",
  suffix: "booking",
  whole: [
    "appointment",
    "consultation",
    "visit",
    "lesson",
    "session",
    "meeting",
    "call",
    "interview",
    "tour",
    "inspection",
  ],
  verb: "book",
  also: ["schedule", "arrange", "make"],
  cues: {
    phrases: [
      "appointment booking",
      "book appointment",
      "schedule appointment",
      "make appointment",
      "class booking",
      "book system",
      "book app",
    ],
    pairs: [
      {
        verbs: [
          "schedule",
          "reschedule",
          "arrange",
          "plan",
          "manage",
          "make",
          "take",
          "cancel",
          "offer",
          "handle",
          "change",
          "set",
        ],
        nouns: [
          "appointment",
          "session",
          "class",
          "lesson",
          "visit",
          "consultation",
          "booking",
          "viewing",
          "meeting",
          "slot",
          "tour",
          "call",
          "test drive",
          "checkup",
          "massage",
          "treatment",
          "haircut",
          "inspection",
        ],
      },
    ],
    nouns: ["appointment", "booking", "consultation", "viewing", "lesson"],
    verbs: ["book", "schedule", "reschedule"],
  },
  choices: true,
  columns: ({ noun, items }) => ({
    ...(items.length > 1
      ? { service: choice("Service", `Which ${noun} is wanted.`, items, { required: true }) }
      : isThing(noun)
        ? {
            details: text("Details", `Which ${noun} it should be, in the person's own words.`, {
              required: true,
              examples: ["The large one", "The one by the window"],
            }),
          }
        : {}),
    date: date("Date", `The day of the ${noun}.`, { required: true }),
    time: time("Time", `The time of day the ${noun} starts, on the 24-hour clock.`, { required: true }),
    notes: text("Notes", "Anything else that should be known beforehand."),
  }),
  statuses: ["booked", "confirmed", "completed", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
  change: { verb: "reschedule", columns: ["date", "time"] },
  samples: ({ noun, items }) => [
    {
      ...(items[1] ? { service: items[0]! } : isThing(noun) ? { details: "The large one" } : {}),
      date: "2030-05-14",
      time: "09:30",
      notes: "First time here",
    },
    {
      ...(items[1] ? { service: items[1] } : isThing(noun) ? { details: "The one in the corner" } : {}),
      date: "2030-05-15",
      time: "16:00",
      notes: "Needs a wheelchair ramp",
    },
  ],
  opening: ({ noun, items }) => ({
    say: `I want to book ${items[1] ? `${items[1]} as my next ${noun}` : `${withArticle(noun)}`} on 2030-06-20 at 14:15${items[1] || !isThing(noun) ? "" : ", the large one with the new parts"}`,
    stored: { date: "2030-06-20", time: "14:15", ...(items[1] ? { service: items[1] } : {}) },
  }),
});

/** What is booked to be used, so that it has to be said which: a machine, a tool; a haircut is a haircut. */
function isThing(noun: string): boolean {
  return /(machine|device|printer|cutter|instrument|laser|lathe|oven|kiln|loom|vehicle|van|car|bike|boat|kayak|camera|microscope|telescope|simulator|court|lab|workbench|bench)$/.test(
    noun,
  );
}
