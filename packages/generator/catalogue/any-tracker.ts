import { tracker } from "../shapes/tracker.ts";
import { choice, date, numberOf, text } from "./column.ts";

/** How something stands that is done for somebody, whatever it is: a translation, a restoration. */
export const anyTracker = tracker({
  id: "tracking",
  noun: "job",
  suffix: "tracker",
  cues: {},
  says: (the) => `how ${the} stands and when it is ready`,
  key: (record) => numberOf(record, "T-\\d{4}", "T-1001"),
  columns: (record) => ({
    subject: text("Subject", `What the ${record} is about.`, { required: true, examples: ["The small one"] }),
    status: choice(
      "Status",
      `Where the ${record} stands.`,
      ["received", "in progress", "ready", "handed over"],
      {
        required: true,
        default: "received",
      },
    ),
    ready_on: date("Ready on", "The day it is or was ready."),
  }),
  samples: [
    {
      key: "T-1001",
      owner: "creator",
      values: { subject: "The small one", status: "in progress", ready_on: "2030-05-14" },
    },
    {
      key: "T-1002",
      owner: "sample",
      values: { subject: "A present for Dana", status: "ready", ready_on: "2030-05-20" },
    },
  ],
  where: "What is the status of my",
});
