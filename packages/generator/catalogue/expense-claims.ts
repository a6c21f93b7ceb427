import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, date, money, text } from "./column.ts";

/** Money somebody spent and wants back. */
export const expenseClaims = request({
  id: "expense-claims",
  noun: "expense",
  record: "claim",
  verb: "claim",
  says: "they spent or paid money on something for work",
  also: ["submit", "report", "get back"],
  cues: {
    phrases: ["expense claim", "expense report", "expense approval", "travel expense", "expense track"],
    pairs: [
      {
        verbs: ["claim", "submit", "approve", "report", "track", "log", "record", "file", "manage", "handle"],
        nouns: ["expense", "receipt", "mileage", "reimbursement", "cost"],
      },
    ],
    nouns: ["expense", "reimbursement"],
  },
  columns: () => ({
    amount: money("Amount", "How much was spent.", { required: true }),
    category: choice(
      "Category",
      "What the money was spent on.",
      ["travel", "meals", "equipment", "training", "other"],
      { required: true },
    ),
    spent_on: date("Spent on", "The day it was paid.", { required: true }),
    note: text("Note", "What it was for."),
  }),
  form: true,
  statuses: ["submitted", "approved", "paid", "withdrawn"],
  approved: "approved",
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { amount: 48.5, category: "travel", spent_on: "2030-05-14", note: "Train to the client" },
    { amount: 920, category: "equipment", spent_on: "2030-05-15", note: "A chair for a bad back" },
  ],
  opening: ({ noun }) => {
    // A travel expense is not for meals.
    const category = /\b(?:travel|equipment|training)\b/.exec(noun)?.[0] ?? "meals";
    return {
      say: `I want to claim ${withArticle(noun)}: 36.40 for ${category}, spent on 2030-06-03`,
      stored: { amount: 36.4, category, spent_on: "2030-06-03" },
    };
  },
});
