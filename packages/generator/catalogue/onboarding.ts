import { offered } from "../shapes/offered.ts";
import type { Ask } from "./capability.ts";
import { choice, text } from "./column.ts";

/** Steps for somebody new, which everybody goes through and ticks off: employees, clients, members. */
export const onboarding = offered({
  id: "onboarding",
  cues: {
    phrases: [
      "new hire",
      "new employee",
      "new starter",
      "new joiner",
      "employee onboarding",
      "staff onboarding",
      "customer onboarding",
      "user onboarding",
      "onboarding checklist",
      "first week",
      "first day",
      "get start checklist",
    ],
    pairs: [
      {
        verbs: ["onboard", "welcome", "complete", "follow", "guide", "train"],
        nouns: ["onboarding", "onboarding step", "new hire", "hire", "joiner", "starter"],
      },
    ],
    nouns: ["onboarding"],
    verbs: ["onboard"],
  },
  noun: "onboarding step",
  nounIn: () => "onboarding step",
  recordOf: () => "finished step",
  suffix: "",
  workflow: "onboarding checklist",
  verb: "complete",
  also: ["finish", "tick off"],
  tells: "when each is due and who helps",
  columns: () => ({
    due: choice("Due", "When it should be done.", ["first day", "first week", "first month"], {
      required: true,
    }),
    helper: text("Helper", "Who helps with it."),
    details: text("Details", "What has to be done.", { required: true }),
  }),
  things: (ask) => stepsFor(ask),
  asks: "what they have to do first or next",
  does: "one is done, signed, read, set up or finished",
  offer: "go through your first steps",
  carried: ["due"],
  narrow: ["due"],
  statuses: ["done", "reopened"],
  end: { verb: "reopen", status: "reopened" },
});

function stepsFor({ brief }: Ask) {
  const staff = brief.clauses.some((it) =>
    /\b(hire|employee|staff|joiner|starter|colleague|team)\b/.test(it.text),
  );
  const steps: [string, string, string, string][] = staff
    ? [
        ["Sign the contract", "first day", "The people team", "Read it, ask what is unclear and sign it"],
        ["Set up the laptop", "first day", "The IT desk", "Sign in, change the password and turn on updates"],
        ["Meet the team", "first week", "Your lead", "A short talk with everybody you will work with"],
        ["Read the handbook", "first week", "Your buddy", "Working hours, leave and how we work"],
      ]
    : [
        ["Send your details", "first day", "Your contact here", "Who you are and how to reach you"],
        ["Sign the agreement", "first week", "Your contact here", "Read it, ask what is unclear and sign it"],
        [
          "Book the first meeting",
          "first week",
          "Your contact here",
          "Half an hour to agree on what comes first",
        ],
        ["Take the tour", "first month", "Our team", "See how everything works and ask questions"],
      ];
  return steps.map(([title, due, helper, details]) => ({ title, values: { due, helper, details } }));
}
