import { appError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import { scopeOf } from "#enterprises/scope";
import { type BuildState, newBuild } from "#generator/build-state";
import type { BuildDeps } from "#generator/run-build";
import { priceFor } from "#ledger/price-for";
import type { Answers } from "#protocol/api/question";
import { checkApp } from "#workflows/check-app";
import { appUrl } from "../app-url.ts";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { foundryMeter } from "../publish/foundry-meter.ts";
import { publishApp } from "../publish/publish-app.ts";
import { talliedMeter } from "../publish/tallied-meter.ts";
import { testApp } from "../publish/test-app.ts";
import { plannerOf } from "./planner-of.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import type { Input } from "./store.ts";

/** What generated apps are made for. */
const APP_MODEL = "offline/mozaiks-1";

/** What a build does to the world, handed to the generator as functions. */
export function buildDeps(env: Env, open: SessionOpen, build: BuildState, signal: AbortSignal): BuildDeps {
  const deps = compose(env);
  const scope = scopeOf(open.enterprise_id);
  const check = checkFiles(env);
  const price = priceFor(deps.prices, APP_MODEL, deps.clock.now());
  const tally = talliedMeter();
  return {
    plan: plannerOf({ ...deps, check, signal, meter: () => foundryMeter(env) }, open, build.build_id),
    figures: price.ok ? price.price.pico : undefined,
    check,
    test: (files) => testApp(env, open.enterprise_id, build.build_id, files, signal, tally.over),
    used: tally.used,
    async publish(files, note) {
      const origin = { note, buildId: build.build_id };
      const version = await publishApp(env, scope, open.user_id, files, origin);
      const enterprise = await findEnterprise(deps.db, scope);
      if (!enterprise) throw appError("NOT_FOUND");
      return { version, url: appUrl(env, enterprise.slug) };
    },
    signal,
  };
}

/** What is wrong with an app's files, on this platform. */
export function checkFiles(env: Env): BuildDeps["check"] {
  const { knowsProvider } = compose(env);
  return (files) => checkApp(files, { knowsProvider });
}

/** What was asked for besides the prompt; kept under `asked:{build_id}` until its message is taken. */
export type BuildAsk = { approve: "auto" | "manual"; publish: boolean; answers: Answers | null };

/** A prompt that was typed: it is asked what is open, and shown its plan. */
const TYPED: BuildAsk = { approve: "manual", publish: true, answers: null };

/**
 * A new build for a prompt. One that came over HTTP has its id and what was asked already (its message carries the
 * id); one that was typed gets an id of its own, which `record` notes in the index. What was written where questions
 * waited answers them in other words: the prompt before and this one are one.
 */
export async function startBuildRun(
  room: Room,
  input: Input,
  open: SessionOpen,
  record: (build: BuildState) => Promise<void>,
): Promise<BuildState> {
  const { store } = room;
  const asked = input.client_message_id;
  const ask = asked ? store.meta<BuildAsk>(`asked:${asked}`) : null;
  const before = ask ? null : store.meta<string>(ANSWERED_IN_WORDS);
  const build = newBuild({
    build_id: ask && asked ? asked : room.newId("bld"),
    enterprise_id: open.enterprise_id,
    chat_id: open.chat_id,
    prompt: before ? `${before}\n\n${input.text}` : input.text,
    ...(ask ?? (before ? { ...TYPED, answers: {} } : TYPED)),
  });
  // The index first: a build that nobody can find must not run.
  if (!ask) await record(build);
  store.takeInput(input.message_id);
  if (before) store.setMeta(ANSWERED_IN_WORDS, null);
  store.saveRun(build.build_id, "running", build);
  return build;
}

/** The prompt whose questions are answered by what was just written. */
const ANSWERED_IN_WORDS = "answered_in_words";

/** Somebody writes while a build waits. */
export function noteWords(room: Room, build: BuildState): void {
  room.store.setMeta(ANSWERED_IN_WORDS, build.status === "questions" ? build.prompt : null);
}
