import { request } from "../shapes/request.ts";
import { choice, text } from "./column.ts";

/** Long texts made short and kept: meeting notes, articles, calls. */
export const summaries = request({
  id: "summaries",
  noun: "text",
  record: "summary",
  whole: ["summary", "minutes", "digest"],
  madeAsRecord: true,
  suffix: "",
  verb: "save",
  also: ["write", "make", "keep", "get", "have"],
  cues: {
    phrases: ["meeting summary", "meeting note", "summary of", "meeting minute", "key point", "action item"],
    nouns: ["summary", "digest", "summarization", "summarisation"],
    verbs: ["summarize", "summarise", "condense", "transcribe"],
  },
  columns: () => ({
    source: text("Text", "The text that is made short, in the person's own words.", {
      required: true,
      examples: ["We agreed to open on Sundays and Mia orders the signs"],
    }),
    length: choice("Length", "How long the summary is.", ["one sentence", "short", "detailed"], {
      required: true,
    }),
    key_points: text("Key points", "What matters most in it, in short sentences."),
  }),
  statuses: ["saved", "discarded"],
  end: { verb: "discard", status: "discarded" },
  samples: () => [
    {
      source: "We agreed to open on Sundays and Mia orders the signs",
      length: "detailed",
      key_points: "Sundays; signs",
    },
    {
      source: "Dana wants to leave the board in spring",
      length: "one sentence",
      key_points: "Board; spring",
    },
  ],
  opening: ({ noun }) => ({
    say: `I want to save a short ${noun}: the roof is done next week, and Tom calls the painters`,
    stored: { length: "short" },
  }),
  note: "Make the text short yourself, show it in your answer, and keep to what the text says.",
});
