import type { LanguageModelV4, LanguageModelV4CallOptions } from "@ai-sdk/provider";
import { LIMITS } from "#base/limits";
import type { Attempt, TokenCounts } from "#ledger/types";
import { CALL_OPTIONS } from "#models/providers/make-model";
import { ERRORS } from "#protocol/errors";
import { doubtOf, estimateOf, usedBy } from "./answer-usage.ts";
import type { RunEvent } from "./events.ts";
import type { Found } from "./find-agent.ts";
import { type Heard, hear, nothingHeard } from "./hear.ts";
import { failure, type ModelFailure } from "./model-failure.ts";
import { retryWait } from "./retry-wait.ts";
import type { RunDeps } from "./run-deps.ts";
import type { RunState } from "./run-state.ts";
import { settle } from "./settle.ts";
import { usageSoFar } from "./usage-event.ts";

export type Failed = Extract<RunEvent, { type: "failed" }>;

type Question = {
  /** The model's name in the app and in the price book. */
  name: string;
  call_id: string;
  asked: LanguageModelV4CallOptions;
  input_tokens: number;
  may_be_empty: boolean;
  /** Tokens of the answer, at most; those of a step if absent. */
  max_output?: number;
};
/** Who asks, as frames and usage name it. */
type Asker = Pick<Found, "workflow" | "agent" | "shown">;
export type AskDeps = Pick<
  RunDeps,
  "chat_id" | "user" | "meter" | "clock" | "random" | "newId" | "wait" | "signal"
>;

/** Null: the answer is there as a `step`, or the run was stopped, or has failed and said so. */
type Ending = { failed: Failed; remedy: "next" | "fail" } | null;

/**
 * One call of one model: reserved once, tried up to three times until something was said, settled by all that the
 * attempts used. What nobody has heard may be asked again in silence (F14); what was said is kept as it is (F15).
 */
export async function* askOneModel(
  run: RunState,
  agent: Asker,
  question: Question,
  found: { model: LanguageModelV4; key: string | null },
  deps: AskDeps,
): AsyncGenerator<RunEvent, Ending> {
  const { name, call_id, input_tokens } = question;
  const until = deps.clock.now() + LIMITS.holdTtlMs;
  // Noted before the hold is made: after a crash the call is settled, whether or not its hold came about.
  run.calling = { call_id, agent: agent.shown, model: name, input_tokens };
  yield { type: "calling" };
  const reserved = await reserve(run, agent, question, deps);
  if (!reserved.ok) {
    // Its answer may be all that was lost: a hold that was made after all goes back.
    if (reserved.code === "LEDGER_UNAVAILABLE") await giveBack(run, call_id, deps);
    run.calling = null;
    const { code, details } = reserved;
    const failed: Failed = { type: "failed", code, message: ERRORS[code].message, details };
    return { failed, remedy: code === "UNKNOWN_MODEL" ? "next" : "fail" };
  }
  const { max_output } = reserved;
  const options = { ...question.asked, maxOutputTokens: max_output, providerOptions: CALL_OPTIONS };
  const ask = { model: name, input_tokens, max_output };
  const spent: Attempt[] = [];
  const within = { until, max_bytes: max_output * LIMITS.answerMaxBytesPerToken };
  for (let attempt = 0; ; attempt += 1) {
    if (deps.signal.aborted) {
      await close(run, spent, deps);
      return null;
    }
    const heard = nothingHeard();
    const open = (signal: AbortSignal) => found.model.doStream({ ...options, abortSignal: signal });
    let noted = deps.clock.now();
    for await (const delta of hear(open, heard, within, deps)) {
      if (delta) yield { type: "text", agent: agent.agent, delta };
      if (deps.clock.now() - noted < LIMITS.checkpointMs) continue;
      noted = deps.clock.now();
      yield* checkpoint(run, estimateOf(heard, ask), deps);
    }
    const wasStopped = deps.signal.aborted && heard.usage === null;
    heard.failed = wasStopped ? null : (heard.failed ?? lackOf(heard, question.may_be_empty));
    const used = wasStopped && !heard.opened ? null : usedBy(heard, attempt, ask, wasStopped);
    if (used) spent.push(used);
    const complaint = heard.failed && sayFailure(name, heard.failed, found.key);
    if (!heard.failed || heard.text !== "") {
      if (wasStopped && spent.length === 0) {
        await close(run, spent, deps);
        return null;
      }
      yield* step(run, agent, heard, spent, complaint, doubtOf(heard, ask), deps);
      return null;
    }
    if (run.calling) run.calling.spent = [...spent];
    if (complaint) yield { type: "model_failed", failure: complaint };
    const wait = retryWait(heard.failed, attempt, deps.random);
    const hasTime = wait !== null && deps.clock.now() + wait + LIMITS.firstTokenTimeoutMs <= until;
    if (!hasTime) {
      await close(run, spent, deps);
      for await (const event of settle(run, run.agent, deps)) {
        if (event.type === "failed") return { failed: event, remedy: "fail" };
        yield event;
      }
      return { failed: failedBy(heard.failed), remedy: heard.failed.remedy === "fail" ? "fail" : "next" };
    }
    yield { type: "model_busy", retry_in_ms: Math.ceil(wait) };
    await deps.wait(wait, deps.signal);
  }
}

function reserve(run: RunState, agent: Asker, question: Question, deps: AskDeps) {
  return deps.meter.reserve({
    call_id: question.call_id,
    user_id: deps.user.id,
    chat_id: deps.chat_id,
    run_id: run.run_id,
    workflow: agent.workflow,
    agent: agent.shown,
    model: question.name,
    input_upper: question.input_tokens,
    max_output: question.max_output ?? LIMITS.stepMaxOutputTokens,
    ttl_ms: LIMITS.holdTtlMs,
  });
}

/** What an answer lacks that came to its end. Blanks and reasoning alone are no answer (F19). */
function lackOf(heard: Heard, mayBeEmpty: boolean): ModelFailure | null {
  if (heard.usage === null) return failure("cut_off", "again", "the model's answer was cut off");
  if (heard.text !== "" || heard.calls.length > 0 || mayBeEmpty) return null;
  return failure("empty", "again", "the model said nothing");
}

function* step(
  run: RunState,
  agent: Asker,
  heard: Heard,
  spent: Attempt[],
  complaint: string | null,
  doubt: string | null,
  deps: AskDeps,
): Generator<RunEvent> {
  const { calling } = run;
  const interrupted = heard.failed !== null || heard.usage === null;
  run.steps += 1;
  run.calling = null;
  if (calling) run.unsettled = unsettledOf(calling, spent);
  yield {
    type: "step",
    message_id: deps.newId("msg"),
    agent: agent.agent,
    text: heard.text,
    // Calls of an answer that was cut are not trusted to be whole.
    calls: interrupted ? [] : heard.calls,
    interrupted,
    failure: complaint,
    doubt,
  };
}

/** Ends a call without an answer: what its attempts used is left to be settled; where that is nothing, it never was. */
async function close(run: RunState, spent: Attempt[], deps: AskDeps): Promise<void> {
  const { calling } = run;
  if (!calling) return;
  if (spent.length === 0) return giveBack(run, calling.call_id, deps);
  run.calling = null;
  run.unsettled = unsettledOf(calling, spent);
}

function unsettledOf({ call_id, agent, shown }: NonNullable<RunState["calling"]>, attempts: Attempt[]) {
  return { call_id, agent, attempts, shown };
}

/** Nothing was used. A ledger that can't be told ends the hold by itself, as an estimate. */
async function giveBack(run: RunState, callId: string, deps: AskDeps): Promise<void> {
  await deps.meter.void(callId).catch(() => undefined);
  run.calling = null;
}

/** People are told what kind of failure it was, never the provider's own words. */
function failedBy({ reason, status }: ModelFailure): Failed {
  const details = { reason, ...(status === null ? {} : { status }) };
  return { type: "failed", code: "MODEL_FAILED", message: ERRORS.MODEL_FAILED.message, details };
}

/** For the log. Providers repeat keys in what they complain of (T49): an owner's own is out whatever it looks like. */
function sayFailure(name: string, { reason, status, cause }: ModelFailure, key: string | null): string {
  const words = (key ? cause.replaceAll(key, "…") : cause).replace(/\b[ps]k-\S+|\bbearer \S+/gi, "…");
  // In pieces: long words are left out of the log.
  return `${name.replaceAll("/", " / ")} ${reason}${status === null ? "" : ` ${status}`} ${words}`;
}

/** A long answer is counted while it comes: people see it, and a crash loses no more than since the last time. */
async function* checkpoint(run: RunState, counts: TokenCounts, deps: AskDeps): AsyncGenerator<RunEvent> {
  const { calling } = run;
  const soFar = calling && (await deps.meter.checkpoint(calling.call_id, counts));
  if (!calling || !soFar) return;
  const event = usageSoFar(calling.agent ?? run.agent, calling.model, soFar, calling.shown);
  calling.shown = { counts: soFar.counts, cost_nano: String(soFar.cost_nano) };
  yield event;
}
