import { capital, kebab, titleCase } from "../brief/words.ts";
import { compound } from "../shapes/compound.ts";
import type { Capability } from "./capability.ts";

/** The entry of an app with several workflows and no support desk of its own: finds out what is wanted and hands over. */
export const frontDesk: Capability = {
  id: "front-desk",
  cues: {},
  plan: (ask) => {
    const name = ask.noun ? compound(ask.noun, "assistant") : "front desk";
    return {
      name: kebab(name),
      title: capital(name),
      description: "Welcomes people, finds out what they need and hands them to the agent that handles it.",
      table: null,
      tables: {},
      words: { noun: ask.noun },
    };
  },
  build: (site) => ({
    description: `${site.title}: anything else, or when it is not clear what the person needs.`,
    instructions: [
      `You are the first to answer in ${titleCase(site.app)}. Find out what the person needs, then hand them over to the agent that handles it.`,
      "Hand over as soon as it is clear what they want, even in their first message; do not ask for details that the other agent will ask for.",
      "When they greet you or ask what you can do, name what the other agents handle. When you don't understand, say so kindly and ask what they need.",
    ],
    tools: {},
    cases: [],
    welcome: "Hello! How can we help?",
    suggestions: [],
  }),
};
