import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { choice, date, text } from "./column.ts";

const list = request({
  id: "tasks",
  noun: "task",
  record: "reminder",
  whole: ["task", "reminder", "todo", "chore", "habit", "list", "goal", "deadline", "checklist"],
  madeAsRecord: true,
  suffix: "list",
  verb: "add",
  also: ["remember", "note down", "create"],
  cues: {
    phrases: [
      "to do",
      "todo list",
      "task list",
      "task management",
      "send reminder",
      "set reminder",
      "shopping list",
      "habit tracking",
      "track habit",
    ],
    pairs: [
      {
        verbs: [
          "add",
          "create",
          "manage",
          "track",
          "set",
          "send",
          "plan",
          "get",
          "organize",
          "organise",
          "assign",
          "remember",
          "make",
        ],
        nouns: ["task", "reminder", "todo", "chore", "habit", "deadline", "goal", "checklist"],
      },
    ],
    nouns: ["task", "reminder", "todo", "chore", "habit", "checklist"],
    verbs: ["remind", "remember"],
  },
  columns: () => ({
    what: text("What", "What has to be done or remembered, in the person's own words.", {
      required: true,
      examples: ["Call the plumber", "Renew the passport"],
    }),
    due_on: date("Due on", "The day it has to be done by.", { required: true }),
    importance: choice("Importance", "How important it is.", ["low", "normal", "high"]),
  }),
  statuses: ["open", "done"],
  end: { verb: "finish", status: "done" },
  change: { verb: "move", columns: ["due_on"] },
  samples: () => [
    { what: "Renew the passport", due_on: "2030-05-14", importance: "high" },
    { what: "Hide the present for Dana", due_on: "2030-05-15", importance: "normal" },
  ],
  opening: ({ noun }) => ({
    say: `I want to add ${withArticle(noun)}: water the plants on the balcony, due on 2030-06-20`,
    stored: { due_on: "2030-06-20" },
  }),
});

/** Things to remember and to do. */
export const tasks: Capability = {
  ...list,
  plan: (ask) => {
    const reminds = ask.brief.clauses.some((it) =>
      /\b(remind|reminder|remember)\b/.test(it.lemmas.join(" ")),
    );
    return list.plan({ ...ask, noun: ask.noun || (reminds ? "reminder" : "") });
  },
};
