import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, integer, text, time } from "./column.ts";

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
    date: date("Date", `The day of the reservation.`, { required: true }),
    time: time("Time", "The time of day it starts, on the 24-hour clock.", { required: true }),
    people: integer("Number of people", "How many people it is for.", { required: true, examples: [2, 4] }),
    notes: text("Notes", "Wishes, such as a quiet corner."),
  }),
  statuses: ["reserved", "confirmed", "completed", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
  change: { verb: "change", columns: ["date", "time", "people"] },
  samples: ({ items }) => [
    {
      ...(items[1] ? { kind: items[0]! } : {}),
      date: "2030-05-14",
      time: "19:00",
      people: 2,
      notes: "By the window",
    },
    {
      ...(items[1] ? { kind: items[1] } : {}),
      date: "2030-05-15",
      time: "20:30",
      people: 5,
      notes: "Surprise birthday for Dana",
    },
  ],
  opening: ({ noun, items }) => ({
    say: `I want to reserve ${items[1] ? `${items[1]}, ${withArticle(noun)}` : `${withArticle(noun)}`} for 4 people on 2030-06-20 at 18:30`,
    stored: { date: "2030-06-20", time: "18:30", people: 4 },
  }),
});
