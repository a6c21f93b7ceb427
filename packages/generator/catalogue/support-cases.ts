import { request } from "../shapes/request.ts";
import type { Capability } from "./capability.ts";
import { choice, text } from "./column.ts";
import { support } from "./support.ts";

const cases = request({
  id: "support-cases",
  cues: {},
  noun: "support",
  record: "case",
  madeAsRecord: true,
  verb: "open",
  human: true,
  also: ["report", "ask for help with", "get help with"],
  columns: () => ({
    problem: text("Problem", "What the person needs help with, in their own words.", {
      required: true,
      examples: ["I can't sign in since this morning", "The app shows an old price"],
    }),
    urgency: choice("Urgency", "How soon it has to be solved.", ["low", "normal", "urgent"]),
  }),
  statuses: ["open", "in progress", "solved", "closed"],
  end: { verb: "close", status: "closed" },
  samples: () => [
    { problem: "I can't sign in since this morning", urgency: "low" },
    { problem: "The invoice of March is sent to my old address", urgency: "normal" },
  ],
  opening: () => ({
    say: "Please open a support case, it is urgent: the page stays blank after I sign in",
    stored: { urgency: "urgent" },
  }),
});

/** Support with nobody to hand over to: questions and problems are written down and followed. */
export const supportCases: Capability = {
  ...cases,
  plan: (ask) => {
    const { name, title } = support.plan(ask);
    return { ...cases.plan({ ...ask, noun: "support" }), name, title };
  },
};
