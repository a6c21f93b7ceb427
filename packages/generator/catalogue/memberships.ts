import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { choice, date, text } from "./column.ts";

const plain = request({
  id: "memberships",
  noun: "membership",
  record: "membership",
  whole: ["membership", "subscription", "pass", "plan"],
  madeAsRecord: true,
  suffix: "desk",
  verb: "start",
  also: ["join with", "sign up for", "buy", "subscribe to"],
  cues: {
    phrases: [
      "cancel membership",
      "membership management",
      "subscription management",
      "pause subscription",
      "manage subscription",
    ],
    pairs: [
      {
        verbs: [
          "cancel",
          "start",
          "manage",
          "renew",
          "upgrade",
          "pause",
          "buy",
          "sign",
          "handle",
          "change",
          "freeze",
          "join",
          "sell",
          "check",
          "resume",
          "downgrade",
          "switch",
        ],
        nouns: ["membership", "subscription", "pass"],
      },
      { verbs: ["change", "pause", "upgrade", "downgrade", "switch"], nouns: ["plan", "box"] },
    ],
    nouns: ["membership", "subscription"],
    verbs: ["subscribe"],
  },
  columns: ({ noun }) => ({
    level: choice("Level", `Which ${noun} it is.`, ["basic", "plus", "premium"], { required: true }),
    starts_on: date("Starts on", "The first day.", { required: true }),
    note: text("Note", "Anything else that matters."),
  }),
  statuses: ["active", "paused", "ended", "cancelled"],
  end: { verb: "cancel", status: "cancelled" },
  steps: [
    { verb: "pause", status: "paused" },
    { verb: "resume", status: "active" },
  ],
  change: { verb: "change", columns: ["level"] },
  samples: () => [
    { level: "plus", starts_on: "2030-01-01", note: "Paid by the year" },
    { level: "premium", starts_on: "2030-02-01", note: "Gift from the neighbours" },
  ],
  opening: ({ noun }) => ({
    say: `I want to start a premium ${noun} on 2030-07-01`,
    stored: { level: "premium", starts_on: "2030-07-01" },
  }),
});

/** Memberships and subscriptions: start, see, change, pause, cancel. "Subscribe to the newsletter" makes a newsletter subscription. */
export const memberships: Capability = {
  ...plain,
  plan: (ask) => {
    const isThing =
      ask.verb === "subscribe" && ask.noun !== "" && !/(subscription|membership|pass)$/.test(ask.noun);
    return plain.plan(isThing ? { ...ask, noun: `${ask.noun} subscription` } : ask);
  },
};
