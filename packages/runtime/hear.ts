import type { LanguageModelV4StreamPart, LanguageModelV4Usage } from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import type { NewId } from "#base/new-id";
import type { Begun } from "./begin-answer.ts";
import type { RunDeps } from "./run-deps.ts";
import type { ToolCall } from "./transcript.ts";

/** What came of a model's answer. `unseen`: what it produced besides text, so that a stop can't make it free (T35). */
export type Heard = {
  text: string;
  unseen: string;
  calls: ToolCall[];
  usage: LanguageModelV4Usage | null;
  failed: string | null;
};

export function nothingHeard(): Heard {
  return { text: "", unseen: "", calls: [], usage: null, failed: null };
}

/** A provider may not heed `maxOutputTokens` (F18). */
function isEndless({ text, unseen }: Heard): boolean {
  return text.length + unseen.length > LIMITS.answerMaxChars;
}

/** How often the watch looks whether the model still speaks. */
const LOOK_EVERY_MS = 5_000;

/**
 * Takes in an answer that has begun, yielding its text as it comes, and nothing for each part that is not text. Ends
 * when the model does, when the run is stopped, when the model has said nothing for too long (F17), or speaks for longer
 * than what pays for it lasts. `since`: when the call was reserved. Does not throw.
 */
export async function* hear(
  { head, reader }: Begun,
  heard: Heard,
  since: number,
  deps: Pick<RunDeps, "signal" | "newId" | "clock" | "wait">,
): AsyncGenerator<string> {
  // A model may ignore the signal: cancelling the reader ends the wait all the same.
  const stop = () => void reader.cancel().catch(() => undefined);
  deps.signal.addEventListener("abort", stop, { once: true });
  const done = new AbortController();
  const at = { began: since, last: deps.clock.now() };
  void watch(at, heard, deps, done.signal, stop);
  try {
    for (const part of head) yield take(part, heard, deps.newId) ?? "";
    for (;;) {
      const part = await reader.read();
      if (part.done || deps.signal.aborted) return;
      at.last = deps.clock.now();
      if (isEndless(heard)) {
        heard.failed ??= "the model spoke for too long";
        return;
      }
      yield take(part.value, heard, deps.newId) ?? "";
    }
  } catch (cause) {
    if (!deps.signal.aborted) heard.failed ??= cause instanceof Error ? cause.message : String(cause);
  } finally {
    done.abort();
    deps.signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Ends an answer that stalls: one timer for the whole of it, not one a token. */
async function watch(
  at: { began: number; last: number },
  heard: Heard,
  deps: Pick<RunDeps, "clock" | "wait">,
  done: AbortSignal,
  stop: () => void,
): Promise<void> {
  while (!done.aborted) {
    await deps.wait(LOOK_EVERY_MS, done);
    if (!done.aborted && deps.clock.now() - at.began >= LIMITS.holdTtlMs) {
      // What pays for it ends now (F18).
      heard.failed ??= "the model spoke for too long";
      return stop();
    }
    if (done.aborted || deps.clock.now() - at.last < LIMITS.betweenTokensTimeoutMs) continue;
    heard.failed ??= "the model stopped in mid-answer";
    return stop();
  }
}

/** Takes in one part; returns text to pass on. Part types we do not know are ignored. */
function take(part: LanguageModelV4StreamPart, heard: Heard, newId: NewId): string | null {
  switch (part.type) {
    case "text-delta":
      heard.text += part.delta;
      return part.delta;
    case "reasoning-delta":
    case "tool-input-delta":
      heard.unseen += part.delta;
      return null;
    case "tool-call":
      heard.unseen += part.toolName + part.input;
      // Ids of our own: a provider's need not be unique within a chat.
      heard.calls.push({ tool_call_id: newId("call"), tool_name: part.toolName, args: parse(part.input) });
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

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return null;
  }
}
