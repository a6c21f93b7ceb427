import { finder } from "../shapes/finder.ts";
import type { Capability } from "./capability.ts";
import { choice, integer, money, text } from "./column.ts";

const products = finder({
  id: "product-lookup",
  noun: "product",
  suffix: "finder",
  cues: {
    phrases: [
      "product lookup",
      "product catalog",
      "product catalogue",
      "inventory lookup",
      "stock check",
      "product recommendation",
      "in stock",
      "product search",
      "recommend product",
      "find product",
      "inventory management",
    ],
    pairs: [
      {
        verbs: [
          "look",
          "lookup",
          "find",
          "search",
          "check",
          "browse",
          "recommend",
          "show",
          "compare",
          "manage",
          "track",
          "see",
          "suggest",
          "ask",
          "answer",
          "monitor",
        ],
        nouns: [
          "product",
          "inventory",
          "stock",
          "item",
          "catalog",
          "catalogue",
          "part",
          "menu",
          "dish",
          "price",
          "availability",
        ],
      },
    ],
    nouns: ["inventory", "stock", "catalog", "catalogue", "menu"],
  },
  key: "title",
  narrow: ["category"],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is called.`, {
      required: true,
      examples: rowsFor(noun).map((it) => it.title),
    }),
    category: choice(
      "Category",
      `What kind of ${noun} it is.`,
      rowsFor(noun).map((it) => it.category),
      { required: true },
    ),
    price: money("Price", "What one costs.", { required: true }),
    in_stock: integer("In stock", "How many are there.", { required: true, examples: [0, 12] }),
  }),
  samples: rowsFor,
  question: (_noun, first) => ({
    say: `What does the ${String(first.title).toLowerCase()} cost?`,
    fact: String(first.price),
  }),
  tells: "what it costs and how many are in stock",
});

type Row = { title: string; category: string; price: number; in_stock: number };

const row = (title: string, category: string, price: number, in_stock: number): Row => ({
  title,
  category,
  price,
  in_stock,
});

/** Rows that could be of such a shop, until the owner puts in their own. */
function rowsFor(noun: string): Row[] {
  if (/\bdish$/.test(noun))
    return [
      row("Tomato soup", "starter", 6.5, 20),
      row("Mushroom risotto", "main", 14, 12),
      row("Lemon tart", "dessert", 7, 0),
    ];
  if (/\b(product|item|inventory|stock|good|gift)s?$/.test(noun))
    return [
      row("Canvas bag", "everyday", 24, 12),
      row("Steel bottle", "outdoor", 18.5, 40),
      row("Wool blanket", "home", 65, 0),
    ];
  const own = noun.split(" ").at(-1) ?? noun;
  return [
    row(`Classic ${own}`, "favourites", 24, 12),
    row(`Premium ${own}`, "finest", 65.5, 4),
    row(`Budget ${own}`, "offers", 12, 0),
  ];
}

/** What is sold or kept, what it costs and how much of it is there. */
export const productLookup: Capability = {
  ...products,
  plan: (ask) =>
    products.plan({
      ...ask,
      noun: ask.noun
        .replace(/(^| )(?:catalog|catalogue|availability|price|recommendation)$/, "")
        .replace(/(^| )menu$/, "$1dish")
        .trim(),
    }),
};
