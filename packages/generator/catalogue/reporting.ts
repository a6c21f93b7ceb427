import { finder } from "../shapes/finder.ts";
import { choice, number, text } from "./column.ts";

/** Figures that people look up: sales, visitors, tickets by week. */
export const reporting = finder({
  id: "reporting",
  noun: "report",
  suffix: "desk",
  cues: {
    phrases: [
      "sale report",
      "weekly report",
      "monthly report",
      "sale figure",
      "key figure",
      "report dashboard",
      "management report",
      "performance report",
      "progress report",
      "financial report",
      "business report",
    ],
    pairs: [
      {
        verbs: [
          "see",
          "view",
          "get",
          "show",
          "generate",
          "compare",
          "read",
          "check",
          "look",
          "pull",
          "create",
          "ask",
        ],
        nouns: [
          "report",
          "figure",
          "kpi",
          "metric",
          "analytics",
          "statistic",
          "revenue",
          "turnover",
          "number",
        ],
      },
    ],
    nouns: ["kpi", "metric", "analytics", "statistic", "reporting"],
  },
  key: "title",
  narrow: ["period"],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is about.`, {
      required: true,
      examples: ["Revenue", "New customers", "Returns"],
    }),
    period: choice("Period", "The time it covers.", ["this week", "this month", "this year"], {
      required: true,
    }),
    figure: number("Figure", "The figure itself.", { required: true }),
    note: text("Note", "What stands behind the figure."),
  }),
  samples: () => [
    { title: "Revenue", period: "this week", figure: 18420, note: "A tenth more than the week before" },
    { title: "New customers", period: "this week", figure: 37, note: "Most of them came by word of mouth" },
    { title: "Returns", period: "this month", figure: 12, note: "Half of them for the wrong size" },
  ],
  question: (_noun, first) => ({
    say: `What is the figure for ${String(first.title).toLowerCase()}?`,
    fact: String(first.note),
  }),
  offer: (nouns) => `look up ${nouns}`,
  tells: "its figure and what stands behind it",
});
