import { finder } from "../shapes/finder.ts";
import { choice, integer, text } from "./column.ts";

/** What to cook: recipes by diet and time. */
export const recipes = finder({
  id: "recipes",
  noun: "recipe",
  suffix: "finder",
  cues: {
    phrases: ["find recipe", "recipe finder", "recipe book", "recipe collection", "cook recipe"],
    nouns: ["recipe"],
    unless: [
      "submit",
      "share",
      "log",
      "swap",
      "report",
      "trade",
      "sell",
      "exchange",
      "send",
      "upload",
      "post",
    ],
  },
  key: "title",
  narrow: ["diet"],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is called.`, {
      required: true,
      examples: ["Lentil soup", "Oat pancakes", "Chicken and rice bowl"],
    }),
    diet: choice("Diet", `Who can eat it.`, ["everything", "vegetarian", "vegan"], { required: true }),
    minutes: integer("Minutes", "How long it takes to make.", { required: true, examples: [15, 40] }),
    ingredients: text("Ingredients", "What goes into it.", { required: true }),
  }),
  samples: () => [
    { title: "Lentil soup", diet: "vegan", minutes: 35, ingredients: "Red lentils, carrots, onion, cumin" },
    { title: "Oat pancakes", diet: "vegetarian", minutes: 15, ingredients: "Oats, banana, eggs, milk" },
    {
      title: "Chicken and rice bowl",
      diet: "everything",
      minutes: 40,
      ingredients: "Chicken breast, rice, broccoli, soy sauce",
    },
  ],
  question: (noun, first) => ({
    say: `Show me the ${noun} for ${String(first.title).toLowerCase()}`,
    fact: String(first.minutes),
  }),
  tells: "what goes into it and how long it takes",
});
