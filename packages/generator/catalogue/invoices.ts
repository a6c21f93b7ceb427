import { tracker } from "../shapes/tracker.ts";
import { choice, date, money, numberOf, text } from "./column.ts";

/** What somebody has to pay. */
export const invoices = tracker({
  id: "invoices",
  noun: "invoice",
  suffix: "tracker",
  cues: {
    phrases: [
      "invoice tracking",
      "invoice track",
      "payment reminder",
      "payment status",
      "unpaid invoice",
      "billing question",
      "payment follow up",
      "payment follow",
      "invoice status",
    ],
    pairs: [
      {
        verbs: [
          "send",
          "track",
          "check",
          "pay",
          "see",
          "view",
          "manage",
          "find",
          "follow",
          "chase",
          "handle",
          "create",
          "download",
          "look",
          "generate",
        ],
        nouns: ["invoice", "bill", "payment", "statement"],
      },
    ],
    nouns: ["invoice", "billing"],
    verbs: ["invoice"],
  },
  says: (the) => `what ${the} is for, how much it is, when it is due and whether it is paid`,
  key: (record) => numberOf(record, "I-\\d{4}", "I-1001"),
  columns: (record) => ({
    subject: text("Subject", `What the ${record} is for.`, { required: true, examples: ["Logo design"] }),
    amount: money("Amount", "How much has to be paid.", { required: true }),
    status: choice("Status", `Where the ${record} stands.`, ["open", "paid", "overdue", "cancelled"], {
      required: true,
      default: "open",
    }),
    due_on: date("Due on", "The day it has to be paid by."),
  }),
  samples: [
    {
      key: "I-1001",
      owner: "creator",
      values: { subject: "Logo design", amount: 640, status: "overdue", due_on: "2030-05-14" },
    },
    {
      key: "I-1002",
      owner: "sample",
      values: { subject: "Photos of the harbour", amount: 1280.5, status: "open", due_on: "2030-06-01" },
    },
  ],
  where: "What is the status of my",
});
