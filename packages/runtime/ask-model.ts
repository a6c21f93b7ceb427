import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { ERRORS } from "#protocol/errors";
import { askOneModel, type Failed } from "./ask-one-model.ts";
import { composePrompt } from "./compose-prompt.ts";
import { upperTokens } from "./estimate-tokens.ts";
import type { RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { findModel, modelChain } from "./model-chain.ts";
import { modelTools } from "./model-tools.ts";
import { askerOf } from "./place.ts";
import { responseFormat } from "./read-output.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import type { Entry } from "./transcript.ts";
import { withAttachments } from "./user-parts.ts";
import { readVars } from "./vars.ts";

/**
 * One answer of a model: of the first of the chain that gives one. Each model is a call of its own, reserved at its
 * own price. Leaves `run.unsettled` for the loop to settle, so that a crash between the two is made good later. Ends
 * with a `step`, or with `failed` when none could be asked.
 */
export async function* askModel(
  run: RunState,
  transcript: readonly Entry[],
  agent: Found,
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  const { app } = deps.files;
  const whole = await withAttachments(transcript, deps);
  const vars = readVars(run, agent.file);
  const asker = askerOf(run, deps.files);
  const prompt = composePrompt(app, agent, whole, deps.user, deps.clock.now(), { vars, asker });
  const tools = modelTools(deps.files, agent, asker !== null);
  const asked: LanguageModelV4CallOptions = {
    prompt,
    ...(tools.length > 0 ? { tools } : {}),
    ...responseFormat(agent),
  };
  const inputTokens = upperTokens(prompt, tools);
  // After a tool has worked there may be nothing left to say.
  const mayBeEmpty = transcript.at(-1)?.kind === "tool";
  let failed: Failed = { type: "failed", code: "MODEL_FAILED", message: ERRORS.MODEL_FAILED.message };
  for (const [nth, name] of modelChain(run, deps.files, agent).entries()) {
    const found = await findModel(name, deps);
    if (found.ok) {
      const callId = `${run.run_id}/${run.steps}/${run.interruptions}${nth > 0 ? `/${nth}` : ""}`;
      const question = { name, call_id: callId, asked, input_tokens: inputTokens, may_be_empty: mayBeEmpty };
      const ending = yield* askOneModel(run, agent, question, found, deps);
      if (!ending) return;
      failed = ending.failed;
      if (ending.remedy === "fail") break;
    } else {
      const { code, message, details } = found;
      failed = { type: "failed", code, message, ...(details ? { details } : {}) };
    }
    run.passed_over = [...new Set([...(run.passed_over ?? []), name])];
  }
  // Where the run goes on all the same, its next call must not have this one's id.
  run.steps += 1;
  yield failed;
}
