import type {
  LanguageModelV4FinishReason,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import type { NewId } from "#base/new-id";
import { cleanText } from "./clean-text.ts";
import { failure, failureOf, type ModelFailure } from "./model-failure.ts";
import { orStopped } from "./or-stopped.ts";
import type { RunDeps } from "./run-deps.ts";
import type { ToolCall } from "./transcript.ts";

/** What came of a model's answer. `unseen`: what it produced besides text, so that a stop can't make it free (T35). */
export type Heard = {
  /** Whether the provider took the question on: before that, nothing was used. */
  opened: boolean;
  text: string;
  unseen: string;
  calls: ToolCall[];
  usage: LanguageModelV4Usage | null;
  failed: ModelFailure | null;
};

export function nothingHeard(): Heard {
  return { opened: false, text: "", unseen: "", calls: [], usage: null, failed: null };
}

type Stream = ReadableStream<LanguageModelV4StreamPart>;
type Within = {
  /** When whatever pays for the answer ends, in milliseconds since the epoch. */
  until: number;
  max_bytes: number;
};

/**
 * Asks a model and takes in its answer, yielding its text as it comes, and nothing where only other parts came. What
 * comes while the text before is being passed on is yielded together: a burst costs its reader one step, not one a part.
 * Ends when the model does, when it reports an error, when the run is stopped, when it has said nothing for too long
 * (F17), or too much (F18). `heard.failed` says what was wrong. Does not throw.
 */
export async function* hear(
  open: (signal: AbortSignal) => PromiseLike<{ stream: Stream }>,
  heard: Heard,
  within: Within,
  deps: Pick<RunDeps, "signal" | "newId" | "clock" | "wait">,
): AsyncGenerator<string> {
  const call = new AbortController();
  // A reason of its own, or the platform makes an error each time.
  const stop = () => call.abort("no longer wanted");
  const now = deps.clock.now();
  const at = { last: now, spoke: false };
  deps.signal.addEventListener("abort", stop, { once: true });
  if (deps.signal.aborted) stop();
  const take = taker(heard, within.max_bytes, deps.newId);
  let said: string | null = null;
  let isOver = false;
  let news = Promise.withResolvers<void>();
  const listen = async (): Promise<void> => {
    try {
      const reader = (await begin(open, call.signal)).getReader();
      heard.opened = true;
      // A model may ignore the signal: cancelling the reader ends the wait all the same.
      const cancel = () => void reader.cancel().catch(() => undefined);
      call.signal.addEventListener("abort", cancel, { once: true });
      if (call.signal.aborted) cancel();
      while (!heard.failed) {
        const part = await reader.read();
        if (part.done || deps.signal.aborted) break;
        if (SAYS.has(part.value.type)) {
          at.last = deps.clock.now();
          at.spoke = true;
        }
        if (part.value.type === "error") heard.failed = failureOf(part.value.error, deps.clock.now());
        else said = (said ?? "") + take(part.value);
        news.resolve();
      }
    } catch (cause) {
      if (!call.signal.aborted) heard.failed ??= failureOf(cause, deps.clock.now());
    } finally {
      isOver = true;
      news.resolve();
    }
  };
  try {
    void watch(at, heard, within.until, deps, call.signal, stop);
    void listen();
    for (;;) {
      await news.promise;
      news = Promise.withResolvers();
      if (said === null) {
        if (isOver) return;
        continue;
      }
      const text: string = said;
      said = null;
      if (isOver) news.resolve();
      yield text;
    }
  } finally {
    deps.signal.removeEventListener("abort", stop);
    stop();
  }
}

/** Parts that show that the model is at work; empty frames around them do not. */
const SAYS = new Set<LanguageModelV4StreamPart["type"]>([
  "text-delta",
  "reasoning-delta",
  "tool-input-start",
  "tool-input-delta",
  "tool-call",
  "finish",
]);

/** Waits for a stream that may never come, from a model that may not heed the signal. */
async function begin(
  open: (signal: AbortSignal) => PromiseLike<{ stream: Stream }>,
  signal: AbortSignal,
): Promise<Stream> {
  signal.throwIfAborted();
  const opening = Promise.resolve(open(signal));
  // One that comes after all has nobody to read it.
  opening
    .then(async ({ stream }) => {
      if (signal.aborted) await stream.cancel();
    })
    .catch(() => undefined);
  return (await orStopped(opening, signal)).stream;
}

/** Ends an answer that stalls: one timer for as long as nothing can be too late, not one a token. */
async function watch(
  at: { last: number; spoke: boolean },
  heard: Heard,
  until: number,
  deps: Pick<RunDeps, "clock" | "wait">,
  ended: AbortSignal,
  stop: () => void,
): Promise<void> {
  for (;;) {
    const now = deps.clock.now();
    const limit = at.spoke ? LIMITS.betweenTokensTimeoutMs : LIMITS.firstTokenTimeoutMs;
    const left = Math.min(at.last + limit, until) - now;
    if (left > 0) {
      await deps.wait(left, ended);
      if (ended.aborted) return;
      continue;
    }
    heard.failed ??=
      now >= until
        ? // What pays for it ends now.
          failure("too_long", "fail", "the model spoke for too long")
        : at.spoke
          ? failure("stalled", "again", "the model stopped in mid-answer")
          : failure("no_answer", "again", "the model did not begin to answer");
    return stop();
  }
}

/** Takes in one part; returns text to pass on. Part types we do not know are ignored. */
function taker(heard: Heard, maxBytes: number, newId: NewId) {
  const clean = cleanText();
  const room = roomFor(maxBytes, () => {
    heard.failed ??= failure("too_long", "fail", "the model said more than it may");
  });
  const streamed = new Set<string>();
  const say = (text: string) => {
    heard.text += text;
    return text;
  };
  return (part: LanguageModelV4StreamPart): string => {
    switch (part.type) {
      case "text-delta":
        return say(clean.take(room(part.delta)));
      case "reasoning-delta":
        heard.unseen += room(part.delta);
        return "";
      case "tool-input-delta":
        streamed.add(part.id);
        heard.unseen += room(part.delta);
        return "";
      case "tool-call":
        if (!streamed.has(part.toolCallId)) heard.unseen += part.toolName + room(part.input);
        // Ids of our own: a provider's need not be unique within a chat.
        heard.calls.push({ tool_call_id: newId("call"), tool_name: part.toolName, args: parse(part.input) });
        return "";
      case "finish":
        heard.usage = part.usage;
        heard.failed ??= endOf(part.finishReason);
        return say(clean.end());
      default:
        return "";
    }
  };
}

/** An adapter closes a stream that broke off in an orderly way, but for the reason it gives. */
function endOf({ unified, raw }: LanguageModelV4FinishReason): ModelFailure | null {
  if (unified === "error" || unified === "interrupted" || (unified === "other" && raw === undefined))
    return failure("cut_off", "again", "the model's answer was cut off");
  return unified === "content-filter"
    ? failure("filtered", "next", "the provider filtered the answer")
    : null;
}

const encoder = new TextEncoder();

/** Lets so many bytes through, and says when there are more. */
function roomFor(maxBytes: number, full: () => void) {
  let left = maxBytes;
  return (text: string): string => {
    const { read, written } = encoder.encodeInto(text, new Uint8Array(Math.min(left, text.length * 3)));
    left -= written;
    if (read === text.length) return text;
    full();
    return text.slice(0, read);
  };
}

function parse(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch {
    return null;
  }
}
