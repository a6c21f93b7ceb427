import { request } from "../shapes/request.ts";
import { choice, integer, text } from "./column.ts";

/** A place at an event, workshop or course. */
export const eventRegistration = request({
  id: "event-registration",
  noun: "event",
  record: "registration",
  verb: "register for",
  also: ["sign up for", "join", "attend", "rsvp to"],
  cues: {
    phrases: [
      "event registration",
      "register for",
      "sign up for event",
      "sign up for workshop",
      "rsvp",
      "workshop registration",
      "course registration",
      "class registration",
      "event sign",
      "event app",
    ],
    pairs: [
      {
        verbs: [
          "register",
          "sign",
          "join",
          "attend",
          "enroll",
          "enrol",
          "book",
          "rsvp",
          "manage",
          "organize",
          "organise",
          "handle",
        ],
        nouns: [
          "event",
          "workshop",
          "course",
          "conference",
          "webinar",
          "meetup",
          "training",
          "seminar",
          "tournament",
          "retreat",
          "camp",
          "party",
          "festival",
          "race",
          "match",
        ],
      },
    ],
    nouns: [
      "rsvp",
      "registration",
      "enrolment",
      "enrollment",
      "workshop",
      "webinar",
      "seminar",
      "meetup",
      "tournament",
      "course",
    ],
    verbs: ["register", "rsvp", "enroll", "enrol"],
  },
  choices: true,
  columns: ({ noun, items }) => ({
    [items.length > 1 ? "kind" : "title"]:
      items.length > 1
        ? choice("Kind", `Which ${noun} it is.`, items, { required: true })
        : text("Title", `Which ${noun} it is, by its name.`, {
            required: true,
            examples: ["Spring opening", "Summer night"],
          }),
    seats: integer("Seats", "How many people come.", { required: true, examples: [1, 2] }),
    notes: text("Notes", "Wishes, such as vegetarian food."),
  }),
  statuses: ["registered", "confirmed", "waiting", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
  change: { verb: "change", columns: ["seats"] },
  samples: ({ items }) => [
    { ...(items[1] ? { kind: items[0]! } : { title: "Spring opening" }), seats: 2, notes: "Vegetarian food" },
    {
      ...(items[1] ? { kind: items[1] } : { title: "Summer night" }),
      seats: 1,
      notes: "Comes with a guide dog",
    },
  ],
  opening: ({ noun, items }) => ({
    say: `I want to register for the ${noun} ${items[1] ?? "Spring opening"} with 3 seats`,
    stored: { seats: 3 },
  }),
});
