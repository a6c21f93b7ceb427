import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import { type Failure, failureOf } from "./failure-of.ts";
import type { RunDeps } from "./run-deps.ts";

/** An answer that has begun: its parts so far, and where the others come from. */
export type Begun = {
  head: LanguageModelV4StreamPart[];
  reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>;
};

/** `stopped`: the run was; `reached`: after the provider had taken the call on, so that it may ask to be paid. */
export type Beginning =
  | { do: "hear"; begun: Begun }
  | { do: "failed"; failure: Failure }
  | { do: "stopped"; reached: boolean };

type Deps = Pick<RunDeps, "signal" | "clock" | "wait">;

/**
 * Asks a provider once, and waits for the first part of its answer that says something: until then nothing has been
 * shown, so that another try shows nothing twice. Does not throw.
 */
export async function beginAnswer(
  model: LanguageModelV4,
  asked: LanguageModelV4CallOptions,
  deps: Deps,
): Promise<Beginning> {
  const ended = new AbortController();
  const attempt = new AbortController();
  const reached = { yes: false };
  const stop = () => attempt.abort();
  // Stays when the answer has begun: a provider that heeds the signal then ends with the run.
  deps.signal.addEventListener("abort", stop, { once: true });
  // A provider that says nothing may ignore the signal as well: nobody waits for it.
  const late = deps.wait(LIMITS.firstTokenTimeoutMs, ended.signal).then((): Beginning | Promise<never> => {
    if (ended.signal.aborted) return new Promise<never>(() => undefined);
    stop();
    return failed(TOO_SLOW);
  });
  const stopped = new Promise<Beginning>((resolve) => {
    const tell = () => resolve({ do: "stopped", reached: reached.yes });
    if (deps.signal.aborted) tell();
    else deps.signal.addEventListener("abort", tell, { once: true, signal: ended.signal });
  });
  try {
    return await Promise.race([stopped, read(model, asked, attempt.signal, deps, reached), late]);
  } finally {
    ended.abort();
  }
}

async function read(
  model: LanguageModelV4,
  asked: LanguageModelV4CallOptions,
  signal: AbortSignal,
  deps: Deps,
  reached: { yes: boolean },
): Promise<Beginning> {
  const head: LanguageModelV4StreamPart[] = [];
  let reader: Begun["reader"] | null = null;
  const giveUp = () => void reader?.cancel().catch(() => undefined);
  try {
    reader = (await model.doStream({ ...asked, abortSignal: signal })).stream.getReader();
    reached.yes = true;
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return failed(NO_ANSWER);
      if (value.type === "error") {
        giveUp();
        return failed(failureOf(value.error, deps.clock.now()));
      }
      head.push(value);
      if (SAYS_NOTHING.has(value.type) && head.length < MAX_HEAD) continue;
      return { do: "hear", begun: { head, reader } };
    }
  } catch (cause) {
    giveUp();
    return failed(failureOf(cause, deps.clock.now()));
  }
}

const TOO_SLOW: Failure = { may_pass: true, status: null, after_ms: null, reason: "no first word in time" };
const NO_ANSWER: Failure = {
  may_pass: true,
  status: null,
  after_ms: null,
  reason: "an answer without words",
};

/** Parts with which an answer may open before its first word. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  "stream-start",
  "response-metadata",
  "text-start",
  "reasoning-start",
  "raw",
]);
/** More openings than this are none. */
const MAX_HEAD = 100;

function failed(failure: Failure): Beginning {
  return { do: "failed", failure };
}
