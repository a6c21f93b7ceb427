import { capital, kebab, plural, snake } from "../brief/words.ts";
import { buildClassBookings } from "../shapes/build-class-bookings.ts";
import { compound } from "../shapes/compound.ts";
import { nounOf } from "../shapes/noun-of.ts";
import { prefixOf } from "../shapes/request.ts";
import type { Ask, Capability } from "./capability.ts";
import { choice, numberOf, status, text, time } from "./column.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** Days and times of the sample classes, in turn. */
const SLOTS = [
  ["Monday", "18:00", "Mia"],
  ["Wednesday", "07:30", "Jonas"],
  ["Thursday", "19:15", "Mia"],
  ["Saturday", "10:00", "Priya"],
] as const;
const TITLES = ["Evening basics", "Early bird", "After work"];
const STATUSES = ["booked", "attended", "cancelled"] as const;

/** Classes that take place every week and that people book a place in: the list of them, and the places taken. */
export const classBookings: Capability = {
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
  plan: (ask) => {
    const noun = nounIn(ask);
    const record = compound(noun, "booking");
    const titles = ask.items.length > 2 ? ask.items.map(capital).slice(0, SLOTS.length) : TITLES;
    const column = `${snake(noun)}_name`;
    const classes = snake(plural(noun));
    const bookings = snake(plural(record));
    const key = `${snake(record)}_number`.slice(0, 63);
    const prefix = prefixOf(record);
    const day = choice("Day", `The day of the week of the ${noun}.`, DAYS, { required: true });
    const at = time("Time", `When the ${noun} starts, on the 24-hour clock.`, { required: true });
    const name = text(`${capital(noun)} name`, `Which ${noun} it is, by its name.`, {
      required: true,
      examples: titles,
    });
    const booked = (of: number, number: number) => ({
      [key]: `${prefix}${number}`,
      [column]: titles[of]!,
      day: SLOTS[of]![0],
      time: SLOTS[of]![1],
      status: STATUSES[0],
    });
    return {
      name: kebab(record),
      title: capital(record),
      description: `Tells people which ${plural(noun)} there are and when, and lets them book a place, see their bookings and cancel them.`,
      table: bookings,
      tables: {
        [classes]: {
          title: capital(plural(noun)),
          description: `One row for each ${noun} of the week; everybody can look them up.`,
          owner: "shared",
          key: column,
          columns: { [column]: name, day, time: at, teacher: text("Teacher", `Who teaches the ${noun}.`) },
          // Lists show the newest first, so the week is written backwards.
          sample: titles
            .map((title, index) => ({
              owner: "creator" as const,
              values: {
                [column]: title,
                day: SLOTS[index]![0],
                time: SLOTS[index]![1],
                teacher: SLOTS[index]![2],
              },
            }))
            .reverse(),
        },
        [bookings]: {
          title: capital(plural(record)),
          description: `One row for each place somebody has booked.`,
          owner: "user",
          key,
          key_prefix: prefix,
          columns: {
            [key]: numberOf(record, `${prefix}\\d{4,}`, `${prefix}1001`),
            [column]: name,
            day,
            time: at,
            status: status(record, STATUSES),
          },
          sample: [
            { owner: "creator", values: booked(0, 1001) },
            { owner: "sample", values: booked(1, 1002) },
          ],
        },
      },
      words: { noun, plural: plural(noun), record, records: plural(record), classes },
    };
  },
  build: buildClassBookings,
};

/** "yoga class"; "sign people up for classes" names nothing but classes. */
function nounIn(ask: Ask): string {
  const noun = nounOf(ask.noun, "class");
  return / ?class$/.test(noun) ? noun.replace(/^.*\b(?:up|for|sign) /, "") : compound(noun, "class");
}
