import { request } from "../shapes/request.ts";
import { choice, date, text } from "./column.ts";

/** Days off. */
export const leaveRequests = request({
  id: "leave-requests",
  noun: "leave",
  record: "request",
  verb: "request",
  also: ["ask for", "take", "book", "apply for"],
  cues: {
    phrases: [
      "leave request",
      "time off",
      "day off",
      "annual leave",
      "sick leave",
      "vacation request",
      "holiday request",
      "parental leave",
      "vacation day",
      "holiday booking",
      "absence request",
      "book leave",
      "book holiday",
    ],
    pairs: [
      {
        verbs: [
          "request",
          "book",
          "take",
          "approve",
          "apply",
          "manage",
          "ask",
          "plan",
          "handle",
          "submit",
          "track",
          "file",
        ],
        nouns: ["leave", "vacation", "holiday", "pto", "day off", "time off"],
      },
    ],
    nouns: ["vacation", "pto", "leave"],
  },
  columns: () => ({
    type: choice("Type", "What kind of leave it is.", ["annual", "sick", "parental", "unpaid"], {
      required: true,
    }),
    first_day: date("First day", "The first day of the leave.", { required: true }),
    last_day: date("Last day", "The last day of the leave.", { required: true, examples: ["2030-05-18"] }),
    note: text("Note", "Anything the manager should know."),
  }),
  statuses: ["requested", "approved", "declined", "withdrawn"],
  approved: "approved",
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { type: "annual", first_day: "2030-05-14", last_day: "2030-05-18", note: "Family trip" },
    { type: "sick", first_day: "2030-05-20", last_day: "2030-05-22", note: "An operation on the left knee" },
  ],
  opening: ({ noun }) => ({
    say: `I want to request annual ${noun} from 2030-07-01 to 2030-07-12`,
    stored: { type: "annual", first_day: "2030-07-01", last_day: "2030-07-12" },
  }),
});
