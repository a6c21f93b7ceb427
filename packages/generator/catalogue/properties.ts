import { finder } from "../shapes/finder.ts";
import { choice, integer, money, text } from "./column.ts";

/** Homes to rent or buy. */
export const properties = finder({
  id: "properties",
  noun: "property",
  suffix: "finder",
  cues: {
    phrases: [
      "property enquiry",
      "property inquiry",
      "property listing",
      "property search",
      "home listing",
      "find apartment",
      "apartment search",
      "house listing",
      "rental listing",
    ],
    pairs: [
      {
        verbs: [
          "find",
          "search",
          "browse",
          "look",
          "see",
          "list",
          "show",
          "compare",
          "ask",
          "rent",
          "buy",
          "recommend",
          "sell",
        ],
        nouns: ["property", "apartment", "flat", "house", "home", "listing", "villa"],
      },
    ],
    nouns: ["property", "apartment", "listing"],
    without: ["lost"],
  },
  key: "title",
  narrow: ["offer"],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is called.`, {
      required: true,
      examples: ["Mill Cottage", "Harbour Loft", "Park View 3"],
    }),
    offer: choice("Offer", "Whether it is to rent or to buy.", ["rent", "sale"], { required: true }),
    price: money("Price", "The price, or the rent for a month.", {
      required: true,
      examples: [1250, 420000],
    }),
    bedrooms: integer("Bedrooms", "How many bedrooms it has.", { required: true, examples: [2, 3] }),
    place: text("Place", "Where it is.", { required: true, examples: ["Old town"] }),
  }),
  samples: () => [
    { title: "Mill Cottage", offer: "sale", price: 420000, bedrooms: 3, place: "By the river" },
    { title: "Harbour Loft", offer: "rent", price: 1250, bedrooms: 1, place: "Old town" },
    { title: "Park View 3", offer: "rent", price: 1680, bedrooms: 2, place: "City park" },
  ],
  question: (noun, first) => ({ say: `Where is the ${noun} ${first.title}?`, fact: String(first.place) }),
  tells: "where it is, what it costs and how many bedrooms it has",
});
