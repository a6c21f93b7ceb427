import { finder } from "../shapes/finder.ts";
import { choice, integer, money, text } from "./column.ts";

/** What is sold or kept, what it costs and how much of it is there. */
export const productLookup = finder({
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
      examples: ["Canvas bag", "Steel bottle", "Wool blanket"],
    }),
    category: choice("Category", `What kind of ${noun} it is.`, ["everyday", "outdoor", "home"], {
      required: true,
    }),
    price: money("Price", "What one costs.", { required: true }),
    in_stock: integer("In stock", "How many are there.", { required: true, examples: [0, 12] }),
  }),
  samples: () => [
    { title: "Canvas bag", category: "everyday", price: 24, in_stock: 12 },
    { title: "Steel bottle", category: "outdoor", price: 18.5, in_stock: 40 },
    { title: "Wool blanket", category: "home", price: 65, in_stock: 0 },
  ],
  question: (_noun, first) => ({
    say: `What does the ${String(first.title).toLowerCase()} cost?`,
    fact: String(first.price),
  }),
  tells: "what it costs and how many are in stock",
});
