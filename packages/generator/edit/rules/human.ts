import { HUMAN_TOOL, humanCase, humanRule, humanTool } from "../../shapes/human.ts";
import { addCases } from "../cases/cases-of.ts";
import { entryOf, type Rule, tellAgent, withAgents, withWorkflow } from "../rule.ts";

/** What agents were told about it before. */
const TOLD = new RegExp(`^Use ${HUMAN_TOOL} `);

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
    const entry = entryOf(files);
    if (!entry) return null;
    let next = withAgents(files, null, (agent) => ({
      ...tellAgent(agent, humanRule(when), TOLD),
      tools: [...new Set([...agent.tools, HUMAN_TOOL])],
    }));
    for (const workflow of Object.values(next.workflows))
      next = withWorkflow(next, {
        ...workflow,
        tools: { ...workflow.tools, [HUMAN_TOOL]: humanTool(when) },
      });
    const others = Object.keys(entry.tools).filter((it) => it !== HUMAN_TOOL);
    return {
      files: addCases(next, entry.name, [humanCase(entry.name, others)]),
      said: `The team is asked to take over when the person wants a human${also}.`,
    };
  },
};
