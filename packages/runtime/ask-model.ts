import type { LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import type { Attempt, TokenCounts } from "#ledger/types";
import { type NormalisedUsage, normaliseUsage } from "#models/usage/normalise";
import type { AppFile } from "#protocol/app-file/app";
import { ERRORS } from "#protocol/errors";
import { askProvider } from "./ask-provider.ts";
import type { Beginning } from "./begin-answer.ts";
import { composePrompt } from "./compose-prompt.ts";
import { upperTokens, usualTokens } from "./estimate-tokens.ts";
import type { Failed, RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { type Heard, hear, nothingHeard } from "./hear.ts";
import { modelTools } from "./model-tools.ts";
import { askerOf } from "./place.ts";
import { responseFormat } from "./read-output.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import type { Entry } from "./transcript.ts";
import { usageSoFar } from "./usage-event.ts";
import { withAttachments } from "./user-parts.ts";
import { readVars } from "./vars.ts";

/**
 * An agent's next step: its model is asked, then those that stand in for it, until one begins to answer. Leaves
 * `run.unsettled` for the loop to settle, so that a crash between the two is made good later. Ends with a `step`, or
 * with `failed` when nobody answered; what never reached a provider, or was turned away by it, is not paid for.
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
  const ask: Ask = {
    agent,
    input_tokens: upperTokens(prompt, tools),
    options: { prompt, ...(tools.length > 0 ? { tools } : {}), ...responseFormat(agent) },
  };
  let first: Failed | null = null;
  for (const [nth, name] of modelsOf(app, agent).entries()) {
    const failed = yield* askOne(run, { ...ask, name, nth }, deps);
    if (!failed) return;
    first ??= failed;
    // Money that is short is short for all of them.
    if (failed.code !== "MODEL_FAILED" && failed.code !== "UNKNOWN_MODEL") break;
  }
  // It was a step all the same: where the turn goes on, the next call needs an id of its own.
  run.steps += 1;
  if (first) yield first;
}

type Ask = {
  agent: Found;
  input_tokens: number;
  options: Omit<LanguageModelV4CallOptions, "maxOutputTokens" | "abortSignal">;
};

/** The agent's own model, or its workflow's, or the app's; then the app's others. */
function modelsOf(app: AppFile, agent: Found): string[] {
  const own = agent.definition.model ?? agent.file.model ?? app.model;
  return [...new Set([own, ...(app.fallback ?? [])])];
}

/** One model call: reserve, stream, step. @returns why there was no answer; null where there is a step, or a stop */
async function* askOne(
  run: RunState,
  { agent, name, nth, input_tokens, options }: Ask & { name: string; nth: number },
  deps: RunDeps,
): AsyncGenerator<RunEvent, Failed | null> {
  const model = await deps.resolveModel(name);
  if (!model) return { type: "failed", code: "UNKNOWN_MODEL", message: `There is no model "${name}".` };
  const callId = `${run.run_id}/${run.steps}/${run.interruptions}${nth > 0 ? `/${nth}` : ""}`;
  // Noted before the hold is made: after a crash the call is settled, whether or not its hold came about.
  run.calling = { call_id: callId, agent: agent.shown, model: name, input_tokens };
  yield { type: "calling" };
  const since = deps.clock.now();
  const reserved = await deps.meter.reserve({
    call_id: callId,
    user_id: deps.user.id,
    chat_id: deps.chat_id,
    run_id: run.run_id,
    workflow: agent.workflow,
    agent: agent.shown,
    model: name,
    input_upper: input_tokens,
    max_output: LIMITS.stepMaxOutputTokens,
    ttl_ms: LIMITS.holdTtlMs,
  });
  if (!reserved.ok) {
    // Its answer may be all that was lost: a hold that was made after all goes back.
    if (reserved.code === "LEDGER_UNAVAILABLE") await giveBack(run, callId, deps);
    run.calling = null;
    const { code, details } = reserved;
    return { type: "failed", code, message: ERRORS[code].message, details };
  }
  const heard = nothingHeard();
  const asked = { ...options, maxOutputTokens: reserved.max_output };
  const answer: Beginning = deps.signal.aborted
    ? { do: "stopped", reached: false }
    : await askProvider(model, asked, deps);
  if (answer.do === "failed" || (answer.do === "stopped" && !answer.reached)) {
    await giveBack(run, callId, deps);
    if (answer.do === "stopped") return null;
    const details = { provider: answer.failure.reason };
    return { type: "failed", code: "MODEL_FAILED", message: ERRORS.MODEL_FAILED.message, details };
  }
  if (answer.do === "hear") {
    let noted = deps.clock.now();
    for await (const delta of hear(answer.begun, heard, since, deps)) {
      if (delta) yield { type: "text", agent: agent.agent, delta };
      if (deps.clock.now() - noted < LIMITS.checkpointMs) continue;
      noted = deps.clock.now();
      yield* checkpoint(run, estimateOf(heard, input_tokens), deps);
    }
  }
  yield stepOf(run, heard, { agent, name, callId, input_tokens }, deps);
  return null;
}

function stepOf(
  run: RunState,
  heard: Heard,
  call: { agent: Found; name: string; callId: string; input_tokens: number },
  deps: RunDeps,
): RunEvent {
  const { agent, name, callId, input_tokens } = call;
  if (!heard.usage && !deps.signal.aborted) heard.failed ??= "the model's answer was cut off";
  const interrupted = heard.usage === null;
  const reported = heard.usage && normaliseUsage(heard.usage);
  const estimate = estimateOf(heard, input_tokens);
  run.steps += 1;
  const shown = run.calling?.shown;
  run.calling = null;
  const attempts = [attemptOf(name, reported, estimate)];
  run.unsettled = { call_id: callId, agent: agent.shown, attempts, shown };
  return {
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

/** Nobody took the call on. A ledger that can't be told ends the hold by itself, as an estimate. */
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
