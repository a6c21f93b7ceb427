import { durationMs } from "#protocol/app-file/duration";
import type { OperatorTool } from "#protocol/app-file/operator-tool";
import { askPerson } from "../ask-person.ts";
import type { JsonSchema } from "../column-schema.ts";
import type { RunEvent } from "../events.ts";
import type { Found } from "../find-agent.ts";
import type { RunState } from "../run-state.ts";
import type { Outcome, ToolCall } from "../transcript.ts";

export const operatorSchema: JsonSchema = {
  type: "object",
  properties: {
    reason: {
      type: "string",
      title: "reason",
      maxLength: 400,
      description: "Why a human is needed, in one sentence for them.",
    },
  },
  required: [],
  additionalProperties: false,
};

/** Asks the app's team to come, and pauses until they have given the chat back or the time is up. */
export function askForOperator(
  run: RunState,
  agent: Found,
  call: ToolCall,
  tool: OperatorTool,
  args: Record<string, unknown>,
  now: number,
): Generator<RunEvent> {
  const payload = {
    title: tool.title ?? "A person of the team",
    message: String(args.reason ?? "The person asks for a human."),
  };
  const expires_at = now + durationMs(tool.expires);
  const card = {
    call,
    kind: "operator",
    component: "operator",
    payload,
    by: "operator",
    expires_at,
  } as const;
  return askPerson(run, agent, card, {});
}

/** What came of it, for the model. `answer`: `{operator}` who came, or `{expired}`. */
export function operatorOutcome(answer: unknown): Outcome {
  const { operator } = answer as { operator?: string };
  if (operator === undefined) return { ok: false, error: "Nobody of the team was free in time." };
  return {
    ok: true,
    message: `${operator} of the team talked with the person and has given the conversation back. What was said stands above: go on from there.`,
  };
}
