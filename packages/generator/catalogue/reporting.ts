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
          "humidity",
          "temperature",
          "level",
        ],
      },
    ],
    nouns: [
      "humidity",
      "temperature",
      "ranking",
      "leaderboard",
      "standing",
      "kpi",
      "metric",
      "analytics",
      "statistic",
      "reporting",
    ],
  },
  key: "title",
  narrow: ["period"],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is about.`, {
      required: true,
      examples: rowsFor(noun).map((it) => it.title),
    }),
    period: choice("Period", "The time it covers.", ["this week", "this month", "this year"], {
      required: true,
    }),
    figure: number("Figure", "The figure itself.", { required: true }),
    note: text("Note", "What stands behind the figure."),
  }),
  samples: rowsFor,
  question: (_noun, first) => ({
    say: `What is the figure for ${String(first.title).toLowerCase()}?`,
    fact: String(first.note),
  }),
  offer: (nouns) => `look up ${nouns}`,
  tells: "its figure and what stands behind it",
});

type Row = { title: string; period: string; figure: number; note: string };

const row = (title: string, period: string, figure: number, note: string): Row => ({
  title,
  period,
  figure,
  note,
});

/** Figures of a business where a report is wanted, else of what was named. */
function rowsFor(noun: string): Row[] {
  if (/\b(report|figure|kpi|metric|analytics|statistic|revenue|turnover|number|reporting)s?$/.test(noun))
    return [
      row("Revenue", "this week", 18420, "A tenth more than the week before"),
      row("New customers", "this week", 37, "Most of them came by word of mouth"),
      row("Returns", "this month", 12, "Half of them for the wrong size"),
    ];
  return [
    row(`Latest ${noun}`, "this week", 72, "Looked up this morning"),
    row(`Average ${noun}`, "this month", 64, "Over all that was looked up"),
    row(`Best ${noun}`, "this year", 81, "In the first week of spring"),
  ];
}
