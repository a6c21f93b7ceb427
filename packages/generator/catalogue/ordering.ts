import { request } from "../shapes/request.ts";
import { choice, date, integer, text } from "./column.ts";

/** Somebody orders something to pick up or have made. */
export const ordering = request({
  id: "ordering",
  noun: "item",
  record: "order",
  suffix: "orders",
  verb: "order",
  also: ["buy", "pre-order", "get"],
  cues: {
    phrases: [
      "take order",
      "place order",
      "food order",
      "takeaway order",
      "pre order",
      "online order",
      "order food",
      "custom order",
      "cake order",
      "order form",
    ],
    pairs: [
      {
        verbs: ["take", "place", "make", "accept", "submit", "receive", "manage", "handle", "collect"],
        nouns: ["order", "preorder", "takeaway"],
      },
    ],
    nouns: ["takeaway", "preorder"],
    verbs: ["order", "buy", "purchase", "preorder"],
  },
  choices: true,
  columns: ({ noun, items }) => ({
    ...(items.length > 1
      ? { product: choice("Product", `What is ordered.`, items, { required: true }) }
      : {
          details: text("Details", `Which ${noun} and how it should be, in the person's own words.`, {
            required: true,
            examples: [`A large ${noun}`],
          }),
        }),
    quantity: integer("Quantity", "How many.", { required: true, examples: [1, 12] }),
    pickup_on: date("Pick-up day", "The day it is picked up.", { required: true }),
  }),
  statuses: ["received", "in preparation", "ready", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
  change: { verb: "change", columns: ["quantity", "pickup_on"] },
  samples: ({ noun, items }) => [
    {
      ...(items[1] ? { product: items[0]! } : { details: `A small ${noun}` }),
      quantity: 1,
      pickup_on: "2030-05-14",
    },
    {
      ...(items[1] ? { product: items[1] } : { details: `A ${noun} with Dana on it` }),
      quantity: 3,
      pickup_on: "2030-05-15",
    },
  ],
  opening: ({ items, plural }) => ({
    say: items[1]
      ? `I want to order 6 ${items[1]}, pick-up on 2030-06-20`
      : `I want to order 6 ${plural} for pick-up on 2030-06-20: the large ones without nuts`,
    stored: { quantity: 6, pickup_on: "2030-06-20" },
  }),
});
