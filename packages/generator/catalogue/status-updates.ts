import { finder } from "../shapes/finder.ts";
import { nounOf } from "../shapes/noun-of.ts";
import type { Capability } from "./capability.ts";
import { choice, date, text } from "./column.ts";

const board = finder({
  id: "status-updates",
  noun: "project",
  suffix: "status",
  cues: {
    phrases: [
      "status update",
      "status page",
      "status board",
      "progress update",
      "project status",
      "project update",
      "project progress",
      "service status",
      "system status",
      "is down",
      "be down",
      "delay update",
      "work in progress",
    ],
    pairs: [
      {
        verbs: ["follow", "track", "see", "check", "get", "receive", "monitor", "ask"],
        nouns: ["project", "progress", "service status", "update", "construction", "building work", "outage"],
      },
    ],
    without: ["weather"],
  },
  key: "title",
  narrow: ["status"],
  columns: (noun) => ({
    title: text("Title", `What the ${noun} is called.`, {
      required: true,
      examples: titlesFor(noun),
    }),
    status: choice("Status", `Where the ${noun} stands.`, ["on track", "delayed", "on hold", "finished"], {
      required: true,
    }),
    latest: text("Latest", "What happened last.", { required: true }),
    next_on: date("Next update", "The day of the next update."),
  }),
  samples: (noun) => {
    const [first, second, third] = titlesFor(noun);
    return [
      { title: first, status: "on track", latest: "Everything goes as planned", next_on: "2030-05-14" },
      { title: second, status: "delayed", latest: "A part has to come from abroad", next_on: "2030-05-20" },
      { title: third, status: "finished", latest: "The last work is done", next_on: null },
    ];
  },
  offer: (nouns) => `see how ${nouns} stand`,
  question: (noun, first) => ({
    say: `What is the status of the ${noun} ${first.title}?`,
    fact: String(first.status),
  }),
  tells: "its status, what happened last and when the next update comes",
});

/** Where something stands that many people follow: projects, services, lines. */
export const statusUpdates: Capability = {
  ...board,
  plan: (ask) =>
    board.plan({
      ...ask,
      noun: subjectOf(
        ask.brief.clauses.map((it) => it.lemmas.join(" ")),
        ask.noun,
      ),
    }),
};

/** "status updates on our building projects": what they are on. */
function subjectOf(clauses: string[], noun: string): string {
  const on =
    /\b(?:update|status|progress|page|board) (?:on|about|of|for) (?:(?:our|my|the|their|all|your) )*([a-z]+(?: [a-z]+)?)/;
  for (const clause of clauses) {
    const found = on.exec(clause)?.[1];
    if (found) return found;
  }
  const down = clauses
    .map((it) => /\b(?:which|what|whether) (?:(?:our|the) )?([a-z]+) (?:be|is|are)\b/.exec(it)?.[1])
    .find(Boolean);
  const service = clauses.map((it) => /\b([a-z]+) status$/.exec(it)?.[1]).find((it) => it && it !== "order");
  return (
    down ??
    service ??
    nounOf(noun, "")
      .replace(/^(status|progress|update|page|board)( update| page| board)?$/, "")
      .replace(/ (status|progress|update|page)$/, "")
  );
}

/** Names such things could have. */
function titlesFor(noun: string): [string, string, string] {
  if (/service|system|server|app/.test(noun)) return ["Website", "Mobile app", "Payments"];
  return /line|train|bus|ferry|flight/.test(noun)
    ? ["Line 4", "Line 7", "Night line"]
    : ["Mill Lane", "Harbour", "Old Town"];
}
