import { capital, kebab } from "../brief/words.ts";
import type { Capability } from "./capability.ts";
import { frontDesk } from "./front-desk.ts";

/** The front of a support app. Alone in an app it has nobody to hand over to: see `support-cases.ts`. */
export const support: Capability = {
  id: "support",
  cues: {
    phrases: [
      "customer support",
      "customer service",
      "customer care",
      "support app",
      "support bot",
      "support chat",
      "support agent",
      "support desk",
      "technical support",
      "tech support",
      "client support",
      "user support",
      "member support",
      "guest service",
      "patient support",
    ],
    nouns: ["support"],
  },
  plan: (ask) => {
    const asked = /(^| )(\w+ (support|service|care))$/.exec(ask.noun)?.[2];
    const noun = asked ?? "customer support";
    return { ...frontDesk.plan(ask), name: kebab(noun), title: capital(noun), words: { noun } };
  },
  human: true,
  build: frontDesk.build,
};
