import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { type AskDeps, askOneModel } from "./ask-one-model.ts";
import { upperTokens } from "./estimate-tokens.ts";
import type { RunEvent } from "./events.ts";
import { newRun } from "./run-state.ts";
import { settle } from "./settle.ts";

export type TextAsk = {
  /** In whose name it is counted: `generator`. */
  workflow: string;
  agent: string;
  run_id: string;
  /** Never used before. */
  call_id: string;
  /** `{provider}/{model}`. */
  name: string;
  asked: LanguageModelV4CallOptions;
  max_output: number;
};

/**
 * `failed`: the code and, of a model, the reason. `cut`: it broke off; `stopped`: by whoever asked. What it cost in nano-USD, null
 * where that could not be told to the meter.
 */
export type TextAnswer = { cost_nano: bigint | null } & (
  | { end: "whole"; text: string }
  | { end: "cut" | "stopped" }
  | { end: "failed"; code: string; reason: string | null }
);

/** One answer of a model to somebody who is no agent: asked, retried, metered and settled like every other. */
export async function askForText(ask: TextAsk, model: LanguageModelV4, deps: AskDeps): Promise<TextAnswer> {
  const { workflow, agent } = ask;
  const run = newRun(ask.run_id, { workflow, agent });
  const { prompt } = ask.asked;
  const question = {
    name: ask.name,
    call_id: ask.call_id,
    asked: ask.asked,
    input_tokens: upperTokens(prompt),
    max_output: ask.max_output,
    may_be_empty: false,
  };
  const asker = { workflow, agent, shown: agent };
  let step: Extract<RunEvent, { type: "step" }> | null = null;
  let cost: bigint | null = 0n;
  const hear = (event: RunEvent) => {
    if (event.type === "step") step = event;
    // What was told of a call on its way is part of its end.
    if (event.type === "usage" && cost !== null)
      cost = event.lines.reduce((sum, { cost_nano }) => sum + cost_nano, cost);
    if (event.type === "failed") cost = null;
  };
  const asking = askOneModel(run, asker, question, { model, key: null }, deps);
  let next = await asking.next();
  for (; !next.done; next = await asking.next()) hear(next.value);
  for await (const event of settle(run, run.agent, deps)) hear(event);
  const ending = next.value;
  if (ending) {
    const { code, details } = ending.failed;
    return {
      end: "failed",
      code,
      reason: typeof details?.reason === "string" ? details.reason : null,
      cost_nano: cost,
    };
  }
  const said = step as Extract<RunEvent, { type: "step" }> | null;
  if (!said) return { end: "stopped", cost_nano: cost };
  if (said.interrupted) return { end: deps.signal.aborted ? "stopped" : "cut", cost_nano: cost };
  return { end: "whole", text: said.text, cost_nano: cost };
}
