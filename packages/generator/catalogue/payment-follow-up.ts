import { tracker } from "../shapes/tracker.ts";
import { choice, date, money, numberOf, text } from "./column.ts";

/** What somebody still has to pay: they see it and promise a day. */
export const paymentFollowUp = tracker({
  id: "payment-follow-up",
  noun: "payment",
  suffix: "follow-up",
  cues: {
    phrases: [
      "payment reminder",
      "payment follow up",
      "payment follow",
      "overdue invoice",
      "unpaid invoice",
      "late payment",
      "outstanding payment",
      "outstanding invoice",
      "overdue payment",
      "payment plan",
      "debt collection",
      "promise to pay",
    ],
    pairs: [
      {
        verbs: ["chase", "follow", "remind", "promise", "collect", "recover"],
        nouns: ["payment", "invoice", "debt", "arrears", "bill", "fee", "date", "day"],
      },
    ],
    nouns: ["arrears", "debt"],
  },
  says: (the) => `what ${the} is for, how much is open and when it is due`,
  asks: "what they owe",
  key: (record) => numberOf(record, "P-\\d{4}", "P-1001"),
  columns: (record) => ({
    subject: text("Subject", `What the ${record} is for.`, {
      required: true,
      examples: ["Invoice of March"],
    }),
    amount: money("Amount", "How much is open.", { required: true }),
    status: choice("Status", `Where the ${record} stands.`, ["open", "overdue", "promised", "settled"], {
      required: true,
      default: "open",
    }),
    due_on: date("Due on", "The day it was or is due."),
    promised_on: date("Promised day", "The day the person promises to pay on."),
  }),
  samples: [
    {
      key: "P-1001",
      owner: "creator",
      values: { subject: "Invoice of March", amount: 180, status: "overdue", due_on: "2030-04-14" },
    },
    {
      key: "P-1002",
      owner: "sample",
      values: {
        subject: "Second half of the harbour job",
        amount: 940.5,
        status: "open",
        due_on: "2030-06-01",
      },
    },
  ],
  where: "What is the status of my",
  change: {
    verb: "promise",
    also: "agree on a day to pay, or pay later",
    columns: ["promised_on"],
    say: (record, key) => `I promise to pay my ${record} ${key} on 2030-06-20`,
    stored: { promised_on: "2030-06-20" },
  },
});
