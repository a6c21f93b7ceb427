import type { AcceptanceCase } from "#protocol/app-file/acceptance";
import type { OperatorTool } from "#protocol/app-file/operator-tool";
import { expecting } from "./cases.ts";

/** The tool that hands the conversation to somebody of the team. */
export const HUMAN_TOOL = "talk_to_a_person";

/** Said to an agent that has the tool. `when`: what else brings somebody to the team, as a person said it. */
export function humanRule(when = ""): string {
  const also = when ? ` Use it also when ${when}.` : "";
  return `Use ${HUMAN_TOOL} when the person asks for a human, or is upset and you can't put it right.${also}`;
}

export function humanTool(when = ""): OperatorTool {
  const also = when ? ` Use it also when ${when}.` : "";
  return {
    kind: "operator",
    title: "Talk to a person",
    description:
      `Ask a person of the team to take the conversation over. Use it when somebody wants to talk or speak to a human, a real person, somebody of the staff or a manager.${also}`.slice(
        0,
        600,
      ),
    expires: "24h",
  };
}

/** Who asks for a human waits for one, and nothing is written down meanwhile. */
export function humanCase(workflow: string, notTools: readonly string[]): AcceptanceCase {
  return {
    name: "Who asks for a human is brought to one",
    as: "stranger",
    workflow,
    steps: [
      {
        say: "Can I talk to a real person, please?",
        expect: expecting({ tools: [HUMAN_TOOL], awaits: "operator", not_tools: [...notTools] }),
      },
    ],
  };
}
