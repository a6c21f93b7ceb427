import { finder } from "../shapes/finder.ts";
import { text } from "./column.ts";

/** Looking up whatever the catalogue does not know: hiking trails, books, tutors. */
export const anyFinder = finder({
  id: "lookup",
  noun: "listing",
  suffix: "finder",
  cues: {},
  key: "title",
  narrow: [],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is called.`, {
      required: true,
      examples: [`Classic ${noun}`, `Hidden ${noun}`, `Famous ${noun}`],
    }),
    details: text("Details", `What people should know about the ${noun}.`, { required: true }),
    place: text("Place", "Where it is or where to get it."),
  }),
  samples: (noun) => [
    { title: `Classic ${noun}`, details: "Good for a first try", place: "Old town" },
    { title: `Hidden ${noun}`, details: "Few people know it", place: "Mill Lane" },
    { title: `Famous ${noun}`, details: "Everybody's favourite, so be early", place: "Harbour" },
  ],
  question: (_noun, first) => ({
    say: `Tell me about the ${String(first.title).toLowerCase()}`,
    fact: String(first.place),
  }),
  tells: "what to know about it and where it is",
});
