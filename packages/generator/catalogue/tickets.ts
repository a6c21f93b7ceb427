import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, text } from "./column.ts";

/** Something does not work: IT help, bugs, incidents. */
export const tickets = request({
  id: "tickets",
  noun: "issue",
  record: "ticket",
  suffix: "tickets",
  verb: "report",
  human: true,
  also: ["open a ticket for", "get help with", "raise"],
  cues: {
    phrases: [
      "help desk",
      "helpdesk",
      "service desk",
      "support ticket",
      "it help",
      "it desk",
      "it support",
      "it issue",
      "bug report",
      "ticket triage",
      "it ticket",
      "it problem",
      "ticket system",
      "report bug",
      "report problem",
      "report issue",
      "report incident",
      "password reset",
    ],
    pairs: [
      {
        verbs: [
          "open",
          "submit",
          "report",
          "raise",
          "triage",
          "create",
          "resolve",
          "log",
          "handle",
          "manage",
          "track",
          "file",
          "route",
          "troubleshoot",
          "fix",
          "solve",
          "check",
        ],
        nouns: ["ticket", "issue", "bug", "incident", "problem", "outage", "error"],
      },
    ],
    nouns: ["ticket", "helpdesk", "bug", "incident"],
    verbs: ["troubleshoot", "triage"],
  },
  columns: () => ({
    problem: text("Problem", "What does not work, in the person's own words.", {
      required: true,
      examples: ["My laptop does not start", "I can't sign in to the VPN"],
    }),
    category: choice("Category", "What kind of thing it is about.", [
      "hardware",
      "software",
      "access",
      "network",
      "other",
    ]),
    priority: choice("Priority", "How urgent it is.", ["low", "normal", "high", "urgent"], {
      required: true,
    }),
  }),
  statuses: ["open", "in progress", "resolved", "closed"],
  end: { verb: "close", status: "closed" },
  samples: () => [
    { problem: "My laptop does not start", category: "hardware", priority: "normal" },
    { problem: "The payroll folder opens for the whole floor", category: "access", priority: "urgent" },
  ],
  opening: ({ noun }) => ({
    say: `I want to report ${withArticle(noun)} with high priority: the network printer on the second floor stopped printing`,
    stored: { priority: "high" },
  }),
});
