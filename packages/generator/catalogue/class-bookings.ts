import { capital } from "../brief/words.ts";
import { compound } from "../shapes/compound.ts";
import { nounOf } from "../shapes/noun-of.ts";
import { offered } from "../shapes/offered.ts";
import type { Ask } from "./capability.ts";
import { choice, text, time } from "./column.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** Days and times of the sample classes, in turn. */
const SLOTS = [
  ["Monday", "18:00", "Mia"],
  ["Wednesday", "07:30", "Jonas"],
  ["Thursday", "19:15", "Mia"],
  ["Saturday", "10:00", "Priya"],
] as const;
const TITLES = ["Evening basics", "Early bird", "After work"];

/** Classes that take place every week and that people book a place in: the list of them, and the places taken. */
export const classBookings = offered({
  id: "class-bookings",
  cues: {
    phrases: [
      "class booking",
      "class bookings",
      "class registration",
      "class sign",
      "class schedule",
      "class timetable",
    ],
    pairs: [
      {
        verbs: [
          "book",
          "sign",
          "join",
          "register",
          "reserve",
          "attend",
          "enroll",
          "schedule",
          "reschedule",
          "manage",
          "offer",
          "cancel",
          "take",
          "find",
          "browse",
          "see",
        ],
        nouns: ["class"],
      },
    ],
    nouns: ["class", "timetable"],
  },
  noun: "class",
  nounIn,
  suffix: "booking",
  verb: "book",
  also: ["join", "attend", "register for", "sign up for"],
  tells: "their day, time and teacher",
  columns: (noun) => ({
    day: choice("Day", `The day of the week of the ${noun}.`, DAYS, { required: true }),
    time: time("Time", `When the ${noun} starts, on the 24-hour clock.`, { required: true }),
    teacher: text("Teacher", `Who teaches the ${noun}.`),
  }),
  things: ({ items }) =>
    (items.length > 2 ? items.map(capital) : TITLES).slice(0, SLOTS.length).map((title, at) => {
      const [day, start, teacher] = SLOTS[at]!;
      return { title, values: { day, time: start, teacher } };
    }),
  carried: ["day", "time"],
  narrow: ["day"],
  statuses: ["booked", "attended", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
});

/** "yoga class"; "sign people up for classes" names nothing but classes. */
function nounIn(ask: Ask): string {
  const noun = nounOf(ask.noun, "class");
  return / ?class$/.test(noun) ? noun.replace(/^.*\b(?:up|for|sign) /, "") : compound(noun, "class");
}
