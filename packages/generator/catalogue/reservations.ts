import { withArticle } from "../brief/words.ts";
import { type Opening, request } from "../shapes/request.ts";
import { choice, date, integer, text, time } from "./column.ts";

/** What is reserved for some people at a time; all else is lent out by the day. */
const PLACE =
  /(table|room|seat|ticket|court|hall|venue|spot|place|tour|boat|cabin|suite|space|studio|field|pitch|lane|show)$/;

/** A place for a number of people at a time: tables, rooms, tickets, equipment. */
export const reservations = request({
  id: "reservations",
  noun: "table",
  record: "reservation",
  verb: "reserve",
  also: ["book", "hold"],
  cues: {
    phrases: [
      "table booking",
      "table reservation",
      "room booking",
      "room reservation",
      "book table",
      "book room",
      "ticket booking",
      "book ticket",
      "reserve seat",
      "ticket sale",
      "sell ticket",
      "buy ticket",
      "event ticket",
      "concert ticket",
    ],
    pairs: [
      {
        verbs: ["book", "reserve", "hold", "rent", "hire", "get", "order"],
        nouns: [
          "table",
          "room",
          "seat",
          "ticket",
          "court",
          "desk",
          "hall",
          "venue",
          "car",
          "bike",
          "boat",
          "equipment",
          "tool",
          "locker",
          "pitch",
          "space",
          "parking space",
        ],
      },
    ],
    nouns: ["reservation"],
    verbs: ["reserve", "rent", "hire"],
  },
  choices: true,
  columns: ({ noun, items }) => ({
    ...(items.length > 1
      ? { kind: choice("Kind", `Which ${noun} is wanted.`, items, { required: true }) }
      : {}),
    ...(PLACE.test(noun)
      ? {
          date: date("Date", "The day of the reservation.", { required: true }),
          time: time("Time", "The time of day it starts, on the 24-hour clock.", { required: true }),
          people: integer("Number of people", "How many people it is for.", {
            required: true,
            examples: [2, 4],
          }),
        }
      : {
          first_day: date("First day", "The first day it is needed.", { required: true }),
          last_day: date("Last day", "The last day it is needed.", { required: true }),
        }),
    notes: text("Notes", "Wishes, such as a quiet corner or a certain model."),
  }),
  statuses: ["reserved", "confirmed", "completed", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
  change: { verb: "change", columns: ["date", "time", "people", "first_day", "last_day"] },
  samples: ({ noun, items }) => [
    {
      ...(items[1] ? { kind: items[0]! } : {}),
      ...(PLACE.test(noun)
        ? { date: "2030-05-14", time: "19:00", people: 2 }
        : { first_day: "2030-05-14", last_day: "2030-05-16" }),
      notes: "By the window",
    },
    {
      ...(items[1] ? { kind: items[1] } : {}),
      ...(PLACE.test(noun)
        ? { date: "2030-05-15", time: "20:30", people: 5 }
        : { first_day: "2030-05-15", last_day: "2030-05-20" }),
      notes: "Surprise birthday for Dana",
    },
  ],
  opening: ({ noun, items }): Opening => {
    const what = items[1] ? `${items[1]}, ${withArticle(noun)}` : withArticle(noun);
    return PLACE.test(noun)
      ? {
          say: `I want to reserve ${what} for 4 people on 2030-06-20 at 18:30`,
          stored: { date: "2030-06-20", time: "18:30", people: 4 },
        }
      : {
          say: `I want to reserve ${what} from 2030-06-20 to 2030-06-24`,
          stored: { first_day: "2030-06-20", last_day: "2030-06-24" },
        };
  },
});
