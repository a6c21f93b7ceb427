import { withArticle } from "../brief/words.ts";
import { request } from "../shapes/request.ts";
import { choice, text } from "./column.ts";

/** What members of a community report, so that somebody looks at it. */
export const moderation = request({
  id: "moderation",
  noun: "post",
  record: "report",
  suffix: "reports",
  verb: "report",
  also: ["flag", "tell about"],
  human: true,
  cues: {
    phrases: [
      "content moderation",
      "report post",
      "report abuse",
      "flag content",
      "community guideline",
      "report user",
      "report content",
    ],
    pairs: [
      {
        verbs: ["report", "flag", "moderate", "review", "block", "screen", "check"],
        nouns: [
          "post",
          "comment",
          "content",
          "spam",
          "abuse",
          "user",
          "harassment",
          "message",
          "listing",
          "profile",
        ],
      },
    ],
    nouns: ["moderation", "moderator"],
    verbs: ["moderate"],
  },
  columns: ({ noun }) => ({
    problem: text("What is wrong", `What is wrong with the ${noun}, in the person's own words.`, {
      required: true,
      examples: ["It calls a member names", "The same advert for the fifth time"],
    }),
    reason: choice(
      "Reason",
      "What kind of thing it is.",
      ["spam", "insult", "harassment", "false claim", "other"],
      {
        required: true,
      },
    ),
    link: text("Link", "Where it stands."),
  }),
  statuses: ["received", "in review", "removed", "kept", "withdrawn"],
  end: { verb: "withdraw", status: "withdrawn" },
  samples: () => [
    { problem: "It calls a member names", reason: "insult", link: "Lobby" },
    { problem: "It tells where Dana lives", reason: "harassment", link: "Garden corner" },
  ],
  opening: ({ noun }) => ({
    say: `I want to report ${withArticle(noun)} as spam: it offers cheap watches in every thread`,
    stored: { reason: "spam" },
  }),
});
