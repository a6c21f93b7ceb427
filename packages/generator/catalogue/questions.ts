import { finder } from "../shapes/finder.ts";
import type { Capability } from "./capability.ts";
import { choice, text } from "./column.ts";

const TOPICS = ["opening hours", "prices", "location", "contact", "cancellation", "payment"] as const;

const answers = finder({
  id: "questions",
  noun: "answer",
  suffix: "desk",
  cues: {
    phrases: [
      "answer question",
      "frequently ask question",
      "faq",
      "common question",
      "knowledge base",
      "general question",
      "product question",
      "policy question",
      "hr question",
      "ask question",
      "answer faq",
      "house rule",
    ],
    pairs: [
      {
        verbs: [
          "answer",
          "ask",
          "explain",
          "give",
          "provide",
          "get",
          "handle",
          "tell",
          "respond",
          "share",
          "inform",
          "know",
        ],
        nouns: [
          "question",
          "faq",
          "query",
          "information",
          "policy",
          "opening hour",
          "hour",
          "advice",
          "info",
          "answer",
        ],
      },
    ],
    nouns: ["faq", "question", "policy", "hour", "direction"],
  },
  key: "topic",
  narrow: [],
  columns: () => ({
    topic: choice("Topic", "What the question is about.", TOPICS, { required: true }),
    answer: text("Answer", "What to say to people who ask.", {
      required: true,
      examples: ["We are open on weekdays."],
    }),
  }),
  samples: () => [
    { topic: "opening hours", answer: "We are open Monday to Friday from 9:00 to 17:30." },
    { topic: "prices", answer: "Our prices start at 25 and are confirmed before anything is booked." },
    { topic: "location", answer: "You find us at 12 Mill Lane, next to the library." },
    { topic: "contact", answer: "Write to hello@example.com and we answer within a day." },
    { topic: "cancellation", answer: "You can cancel free of charge up to 24 hours before." },
    { topic: "payment", answer: "You can pay by card, by bank transfer or in cash." },
  ],
  question: () => ({ say: "What are your opening hours?", fact: "Monday to Friday" }),
  tells: "what people often ask about: opening hours, prices, location, contact, cancellation and payment",
});

/** Answers to what everybody asks; the owner writes them once. Named for what it does, whatever it was called. */
export const questions: Capability = {
  ...answers,
  plan: (ask) => {
    const planned = answers.plan({ ...ask, noun: "answer" });
    return { ...planned, name: "question-answers", title: "Questions and answers" };
  },
};
