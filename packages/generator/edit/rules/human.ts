import { expecting } from "../../shapes/cases.ts";
import { addCases } from "../cases/cases-of.ts";
import { entryOf, type Rule, withWorkflow } from "../rule.ts";

const TOOL = "ask_for_a_human";

export const human: Rule = {
  example: "hand over to a human when somebody complains",
  read: (text, { files }) => {
    const found =
      /^(?:hand (?:it |them |the (?:chat|conversation) )?over|escalate|transfer|pass (?:it |them )?on|switch|connect (?:them|people|users|customers))(?: (?:it|them|people|users|customers|chats?))? to (?:a |an |the |my |our )?(?:human|person|team|operator|staff|colleague|real person|support team|agent of ours)(?: (?:when|whenever|if|as soon as|for) (.+))?$/is.exec(
        text,
      ) ??
      /^(?:let|allow) (?:people|users|customers|them|everybody) (?:to )?(?:talk|speak|chat) (?:to|with) (?:a |an |the |my |our )?(?:human|person|team|operator|real person|us)()$/i.exec(
        text,
      );
    if (!found) return null;
    const when = (found[1] ?? "").trim().replace(/[.\s]+$/, "");
    const also = when ? `, or when ${when}` : "";
    const tool = {
      kind: "operator" as const,
      title: "Ask for a human",
      description:
        `Ask for a human of the team to take the conversation over. Use it when the person wants to talk to a human${also}.`.slice(
          0,
          600,
        ),
      expires: "24h",
    };
    let next = files;
    for (const workflow of Object.values(files.workflows)) {
      const agents = Object.entries(workflow.agents).map(([name, agent]) => [
        name,
        agent.hidden || agent.tools.includes(TOOL) ? agent : { ...agent, tools: [...agent.tools, TOOL] },
      ]);
      next = withWorkflow(next, {
        ...workflow,
        agents: Object.fromEntries(agents),
        tools: { ...workflow.tools, [TOOL]: tool },
      });
    }
    const entry = entryOf(files);
    if (!entry) return null;
    const steps = [
      { say: "I want to talk to a human", expect: expecting({ tools: [TOOL], awaits_from: "operator" }) },
    ];
    const test = {
      name: "Who wants to talk to a human gets to the team",
      as: "stranger" as const,
      workflow: entry.name,
      steps,
    };
    return {
      files: addCases(next, entry.name, [test]),
      said: `The team is asked to take over when the person wants a human${also}.`,
    };
  },
};
