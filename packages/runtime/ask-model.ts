import type { LanguageModelV4StreamPart } from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import type { Attempt, TokenCounts } from "#ledger/types";
import { type NormalisedUsage, normaliseUsage } from "#models/usage/normalise";
import { ERRORS } from "#protocol/errors";
import { composePrompt } from "./compose-prompt.ts";
import { upperTokens, usualTokens } from "./estimate-tokens.ts";
import type { RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { type Heard, hear, nothingHeard } from "./hear.ts";
import { modelTools } from "./model-tools.ts";
import { orStopped } from "./or-stopped.ts";
import { askerOf } from "./place.ts";
import { responseFormat } from "./read-output.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import type { Entry } from "./transcript.ts";
import { usageSoFar } from "./usage-event.ts";
import { withAttachments } from "./user-parts.ts";
import { readVars } from "./vars.ts";

/**
 * One model call: reserve, stream, step. Leaves `run.unsettled` for the loop to settle, so that a crash between
 * the two is made good later. Ends with a `step`, or with `failed` when nothing could be asked; what never
 * reached the provider is not paid for.
 */
export async function* askModel(
  run: RunState,
  transcript: readonly Entry[],
  agent: Found,
  deps: RunDeps,
): AsyncGenerator<RunEvent> {
  const { app } = deps.files;
  const model = deps.resolveModel(app.model);
  if (!model) {
    yield { type: "failed", code: "UNKNOWN_MODEL", message: `There is no model "${app.model}".` };
    return;
  }
  const whole = await withAttachments(transcript, deps);
  const vars = readVars(run, agent.file);
  const asker = askerOf(run, deps.files);
  const prompt = composePrompt(app, agent, whole, deps.user, deps.clock.now(), { vars, asker });
  const tools = modelTools(deps.files, agent, asker !== null);
  const inputTokens = upperTokens(prompt, tools);
  const callId = `${run.run_id}/${run.steps}/${run.interruptions}`;
  // Noted before the hold is made: after a crash the call is settled, whether or not its hold came about.
  run.calling = { call_id: callId, agent: agent.shown, model: app.model, input_tokens: inputTokens };
  yield { type: "calling" };
  const reserved = await deps.meter.reserve({
    call_id: callId,
    user_id: deps.user.id,
    chat_id: deps.chat_id,
    run_id: run.run_id,
    workflow: agent.workflow,
    agent: agent.shown,
    model: app.model,
    input_upper: inputTokens,
    max_output: LIMITS.stepMaxOutputTokens,
    ttl_ms: LIMITS.holdTtlMs,
  });
  if (!reserved.ok) {
    // Its answer may be all that was lost: a hold that was made after all goes back.
    if (reserved.code === "LEDGER_UNAVAILABLE") await giveBack(run, callId, deps);
    run.calling = null;
    const { code, details } = reserved;
    yield { type: "failed", code, message: ERRORS[code].message, details };
    return;
  }
  if (deps.signal.aborted) return giveBack(run, callId, deps);

  const heard = nothingHeard();
  let stream: ReadableStream<LanguageModelV4StreamPart>;
  try {
    const asked = {
      prompt,
      maxOutputTokens: reserved.max_output,
      abortSignal: deps.signal,
      ...(tools.length > 0 ? { tools } : {}),
      ...responseFormat(agent),
    };
    stream = (await orStopped(model.doStream(asked), deps.signal)).stream;
  } catch (cause) {
    await giveBack(run, callId, deps);
    if (deps.signal.aborted) return;
    const details = { provider: cause instanceof Error ? cause.name : "unknown" };
    yield { type: "failed", code: "MODEL_FAILED", message: ERRORS.MODEL_FAILED.message, details };
    return;
  }
  let noted = deps.clock.now();
  for await (const delta of hear(stream, heard, deps)) {
    if (delta) yield { type: "text", agent: agent.agent, delta };
    if (deps.clock.now() - noted < LIMITS.checkpointMs) continue;
    noted = deps.clock.now();
    yield* checkpoint(run, estimateOf(heard, inputTokens), deps);
  }
  if (!heard.usage && !deps.signal.aborted) heard.failed ??= "the model's answer was cut off";

  const interrupted = heard.usage === null;
  const reported = heard.usage && normaliseUsage(heard.usage);
  const estimate = estimateOf(heard, inputTokens);
  run.steps += 1;
  const shown = run.calling?.shown;
  run.calling = null;
  const attempts = [attemptOf(app.model, reported, estimate)];
  run.unsettled = { call_id: callId, agent: agent.shown, attempts, shown };
  yield {
    type: "step",
    message_id: deps.newId("msg"),
    agent: agent.agent,
    text: heard.text,
    // Calls of an answer that was cut are not trusted to be whole.
    calls: interrupted ? [] : heard.calls,
    interrupted,
    failure: heard.failed,
    doubt: reported && doubtOf(reported, estimate),
  };
}

/** The provider was never reached. A ledger that can't be told ends the hold by itself, as an estimate. */
async function giveBack(run: RunState, callId: string, deps: RunDeps): Promise<void> {
  await deps.meter.void(callId).catch(() => undefined);
  run.calling = null;
}

function attemptOf(model: string, reported: NormalisedUsage | null, estimate: TokenCounts): Attempt {
  if (!reported) return { attempt: 0, model, counts: estimate, source: "estimated" };
  const { counts, raw } = reported;
  return { attempt: 0, model, counts, source: "provider", ...(raw === null ? {} : { raw }) };
}

/** A provider is billed by what it says; that it says something odd is for the log (T35). */
function doubtOf({ counts, drift, shape }: NormalisedUsage, estimate: TokenCounts): string | null {
  if (drift !== 0) return `${shape}: its total is ${drift} above its parts`;
  const output = counts.output + counts.reasoning;
  const isLow = estimate.output > 100 && output * 4 < estimate.output;
  return isLow ? `${shape}: ${output} tokens of output told, about ${estimate.output} heard` : null;
}

function estimateOf(heard: Heard, inputTokens: number): TokenCounts {
  const output = usualTokens(heard.text + heard.unseen);
  return { input: inputTokens, cache_read: 0, cache_write: 0, output, reasoning: 0 };
}

/** A long answer is counted while it comes: people see it, and a crash loses no more than since the last time. */
async function* checkpoint(run: RunState, counts: TokenCounts, deps: RunDeps): AsyncGenerator<RunEvent> {
  const { calling } = run;
  const soFar = calling && (await deps.meter.checkpoint(calling.call_id, counts));
  if (!calling || !soFar) return;
  const event = usageSoFar(calling.agent ?? run.agent, calling.model, soFar, calling.shown);
  calling.shown = { counts: soFar.counts, cost_nano: String(soFar.cost_nano) };
  yield event;
}
