import type { ClientWorkflow } from "#protocol/api/workflow";

/** What is built if nothing is asked for. */
export const SEED_PROMPT = "Build a customer support app that handles refunds and tracks orders";

/** Where a short conversation starts and what is said in it. */
export type Conversation = { workflow: string; lines: string[] };

/** The story of the seed's app; with any other app, what its own entry suggests. */
export function conversationFor(prompt: string, workflows: ClientWorkflow[]): Conversation | null {
  const entry = workflows.find((workflow) => workflow.entry_point) ?? workflows[0];
  if (!entry) return null;
  if (prompt === SEED_PROMPT) {
    return {
      workflow: entry.name,
      lines: ["Where is my order A-1001?", "I want a refund for it, it arrived broken", "What can you do?"],
    };
  }
  return { workflow: entry.name, lines: ["Hi", "What can you do?", ...entry.suggestions.slice(0, 1)] };
}
