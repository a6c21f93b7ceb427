import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import type { Attempt } from "#ledger/types";
import { tokenCounts } from "#models/normalise-usage";
import { ERRORS } from "#protocol/errors";
import { composePrompt } from "./compose-prompt.ts";
import { upperTokens, usualTokens } from "./estimate-tokens.ts";
import type { RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { modelTools } from "./model-tools.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import type { Entry, ToolCall } from "./transcript.ts";

type Heard = { text: string; calls: ToolCall[]; usage: LanguageModelV4Usage | null; failed: string | null };

/**
 * One model call: reserve, stream, step. Leaves `run.unsettled` for the loop to settle, so that a crash between
 * the two is made good later. Ends with a `step`, or with `failed` when nothing could be asked.
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
  const prompt = composePrompt(app, agent, transcript, deps.user, deps.clock.now());
  const tools = modelTools(deps.files, agent);
  const inputTokens = upperTokens(prompt, tools);
  const callId = `${run.run_id}/${run.steps}/${run.interruptions}`;
  const reserved = await deps.meter.reserve({
    call_id: callId,
    user_id: deps.user.id,
    chat_id: deps.chat_id,
    run_id: run.run_id,
    workflow: run.workflow,
    agent: run.agent,
    model: app.model,
    input_upper: inputTokens,
    max_output: LIMITS.stepMaxOutputTokens,
    ttl_ms: LIMITS.holdTtlMs,
  });
  if (!reserved.ok) {
    yield {
      type: "failed",
      code: reserved.code,
      message: ERRORS[reserved.code].message,
      details: reserved.details,
    };
    return;
  }
  run.calling = { call_id: callId, model: app.model, input_tokens: inputTokens };
  yield { type: "calling" };

  const heard: Heard = { text: "", calls: [], usage: null, failed: null };
  try {
    const { stream } = await model.doStream({
      prompt,
      tools: tools.length > 0 ? tools : undefined,
      maxOutputTokens: reserved.max_output,
      abortSignal: deps.signal,
    });
    const reader = stream.getReader();
    // A model may ignore the signal: cancelling the reader ends the wait all the same.
    const stop = () => void reader.cancel().catch(() => undefined);
    if (deps.signal.aborted) stop();
    deps.signal.addEventListener("abort", stop, { once: true });
    for (;;) {
      const { done, value } = await reader.read();
      if (done || deps.signal.aborted) break;
      const delta = hear(value, heard, deps);
      if (delta) yield { type: "text", agent: run.agent, delta };
    }
  } catch (cause) {
    if (!deps.signal.aborted) heard.failed = cause instanceof Error ? cause.message : String(cause);
  }
  if (!heard.usage && !deps.signal.aborted) heard.failed ??= "the model's answer was cut off";

  const interrupted = heard.usage === null;
  run.steps += 1;
  run.calling = null;
  run.unsettled = { call_id: callId, attempts: [attemptOf(app.model, heard, inputTokens)] };
  yield {
    type: "step",
    message_id: deps.newId("msg"),
    agent: run.agent,
    text: heard.text,
    // Calls of an answer that was cut are not trusted to be whole.
    calls: interrupted ? [] : heard.calls,
    interrupted,
    failure: heard.failed,
  };
}

/** Takes in one part of the stream; returns text to pass on. Part types we do not know are ignored. */
function hear(part: LanguageModelV4StreamPart, heard: Heard, deps: RunDeps): string | null {
  switch (part.type) {
    case "text-delta":
      heard.text += part.delta;
      return part.delta;
    case "tool-call":
      // Ids of our own: a provider's need not be unique within a chat.
      heard.calls.push({
        tool_call_id: deps.newId("call"),
        tool_name: part.toolName,
        args: parse(part.input),
      });
      return null;
    case "finish":
      heard.usage = part.usage;
      return null;
    case "error":
      heard.failed = part.error instanceof Error ? part.error.message : "the model reported an error";
      return null;
    default:
      return null;
  }
}

function attemptOf(model: string, heard: Heard, inputTokens: number): Attempt {
  const reported = heard.usage && tokenCounts(heard.usage);
  if (reported) return { attempt: 0, model, counts: reported, source: "provider" };
  const output = usualTokens(heard.text);
  return {
    attempt: 0,
    model,
    counts: { input: inputTokens, cache_read: 0, cache_write: 0, output, reasoning: 0 },
    source: "estimated",
  };
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return null;
  }
}
