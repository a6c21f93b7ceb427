import { tracker } from "../shapes/tracker.ts";
import { choice, date, money, numberOf, text } from "./column.ts";

export const orderTracking = tracker({
  id: "order-tracking",
  noun: "order",
  suffix: "tracker",
  cues: {
    phrases: [
      "order tracking",
      "order track",
      "track order",
      "order status",
      "order lookup",
      "order look",
      "order update",
      "order history",
      "order tracker",
    ],
    pairs: [
      {
        verbs: [
          "track",
          "check",
          "follow",
          "look",
          "lookup",
          "find",
          "see",
          "view",
          "monitor",
          "show",
          "locate",
          "know",
          "get",
          "trace",
          "tell",
          "answer",
          "ask",
        ],
        nouns: ["order", "purchase"],
      },
    ],
  },
  says: (order) => `where ${order} is, what its status is and when it arrives`,
  key: (order) => numberOf(order, "[A-Z]-\\d{4}", "A-1001"),
  columns: (order) => ({
    item: text("Item", `What was ordered.`, { required: true, examples: ["Ceramic teapot"] }),
    total: money("Total", `What the ${order} cost in all.`, { required: true }),
    status: choice(
      "Status",
      `Where the ${order} stands.`,
      ["processing", "shipped", "delivered", "refunded", "cancelled"],
      {
        required: true,
        default: "processing",
      },
    ),
    ordered_on: date("Ordered on", `The day the ${order} was placed.`),
    expected_on: date("Expected on", `The day the ${order} arrives, or arrived.`),
  }),
  samples: [
    {
      key: "A-1001",
      owner: "creator",
      values: {
        item: "Ceramic teapot",
        total: 49.9,
        status: "delivered",
        ordered_on: "2026-03-02",
        expected_on: "2026-03-06",
      },
    },
    {
      key: "A-1002",
      owner: "sample",
      values: {
        item: "Walnut desk lamp",
        total: 89,
        status: "shipped",
        ordered_on: "2026-03-04",
        expected_on: "2026-03-09",
      },
    },
    {
      key: "A-1003",
      owner: "creator",
      values: {
        item: "Linen tablecloth",
        total: 35.5,
        status: "cancelled",
        ordered_on: "2026-02-11",
        expected_on: "2026-02-15",
      },
    },
  ],
  where: "Where is my",
});
