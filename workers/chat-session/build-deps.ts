import { appError } from "#base/app-error";
import { findEnterprise } from "#enterprises/enterprise";
import { type Scope, scopeOf } from "#enterprises/scope";
import { type BuildState, newBuild } from "#generator/build-state";
import type { CheckFiles } from "#generator/check-plan";
import type { BuildDeps } from "#generator/run-build";
import type { Plan, PlannedParts } from "#protocol/api/plan";
import type { Answers } from "#protocol/api/question";
import { findVersionOfBuild } from "#workflows/builds";
import { checkApp } from "#workflows/check-app";
import { diffApps } from "#workflows/diff/diff-apps";
import { findVersion } from "#workflows/list-versions";
import { loadVersion } from "#workflows/load-version";
import { appFigures, estimateFor } from "../app-price.ts";
import { appUrl } from "../app-url.ts";
import { compose, type Deps } from "../compose.ts";
import type { Env } from "../env.ts";
import { foundryMeter } from "../publish/foundry-meter.ts";
import { keepDraft, publishApp } from "../publish/publish-app.ts";
import { talliedMeter } from "../publish/tallied-meter.ts";
import { testApp } from "../publish/test-app.ts";
import { plannerOf } from "./planner-of.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import type { Input } from "./store.ts";

/** What a build does to the world, handed to the generator as functions. */
export function buildDeps(env: Env, open: SessionOpen, build: BuildState, signal: AbortSignal): BuildDeps {
  const deps = compose(env);
  const scope = scopeOf(open.enterprise_id);
  const check = checkFiles(env);
  const tally = talliedMeter();
  const edit = editDeps(deps, scope);
  const originOf = async (note: string) => ({
    note,
    buildId: build.build_id,
    ...(build.base_version === undefined
      ? {}
      : {
          base: { version: build.base_version, app: (await edit.load(build.base_version)).files.app },
          opens: false,
        }),
  });
  return {
    plan: plannerOf({ ...deps, check, signal, meter: () => foundryMeter(env) }, open, build.build_id),
    figures: appFigures(deps),
    check: build.base_version === undefined ? check : checkEdited(deps),
    edit,
    draft: async (files, note) => keepDraft(env, scope, open.user_id, files, await originOf(note)),
    test: (files) => testApp(env, open.enterprise_id, build.build_id, files, signal, tally.over),
    used: tally.used,
    async publish(files, note) {
      const origin = await originOf(note);
      const publish = publishApp(env, scope, open.user_id, files, origin, build.expected_live);
      const version = await publish.catch(async (cause) => {
        // What failed after the pointer was moved does not make it less live.
        const made = await findVersionOfBuild(deps.db, scope, build.build_id);
        if (made?.published) return made.version;
        throw cause;
      });
      const enterprise = await findEnterprise(deps.db, scope);
      if (!enterprise) throw appError("NOT_FOUND");
      return { version, url: appUrl(env, enterprise) };
    },
    signal,
  };
}

function editDeps({ db, files }: Pick<Deps, "db" | "files">, scope: Scope): BuildDeps["edit"] {
  return {
    diff: diffApps,
    async load(version) {
      const row = await findVersion(db, scope, version);
      if (!row) throw appError("NOT_FOUND");
      const before = row.baseVersion === null ? null : await loadVersion(files, scope, row.baseVersion);
      return { files: await loadVersion(files, scope, version), previous: before };
    },
  };
}

/** As any build's, but chats may start at hand-written workflows that no hand-off reaches. */
function checkEdited({ knowsProvider }: Pick<Deps, "knowsProvider">): BuildDeps["check"] {
  return (files) => checkApp(files, { startable: Object.keys(files.workflows), knowsProvider });
}

/** What is wrong with an app's files, on this platform. */
function checkFiles(env: Env): CheckFiles {
  const { knowsProvider } = compose(env);
  return (files) => checkApp(files, { knowsProvider });
}

/** What a plan that somebody edited is held against: whether an app can be built of it, and what it will cost. */
export type Plans = { check: CheckFiles; estimate: (plan: PlannedParts) => Plan["estimate"] };

export function plansOf(env: Env): Plans {
  return { check: checkFiles(env), estimate: (plan) => estimateFor(compose(env), plan) };
}

/** What was asked for besides the prompt; kept under `asked:{build_id}` until its message is taken. */
export type BuildAsk = {
  approve: "auto" | "manual";
  publish: boolean;
  answers: Answers | null;
  /** What was planned and looked at already. */
  plan?: Plan;
  /** Of an edit: the version it changes, and the live one it takes the place of. */
  base_version?: number;
  expected_live?: number | null;
};

/** A prompt that was typed: it is asked what is open, and shown its plan. */
const TYPED: BuildAsk = { approve: "manual", publish: true, answers: null };

/**
 * A new build for a prompt. One that came over HTTP has its id and what was asked already (its message carries the
 * id); one that was typed gets an id of its own, which `record` notes in the index, and changes what is live, if
 * anything is. What was written where questions waited answers them in other words: the prompt before and this one are one.
 */
export async function startBuildRun(
  room: Room,
  input: Input,
  open: SessionOpen,
  index: { record: (build: BuildState) => Promise<void>; liveVersion: () => Promise<number | null> },
): Promise<BuildState> {
  const { store } = room;
  const asked = input.client_message_id;
  const ask = asked ? store.meta<BuildAsk>(`asked:${asked}`) : null;
  const before = ask ? null : store.meta<string>(ANSWERED_IN_WORDS);
  const live = ask || before ? null : await index.liveVersion();
  const typed = live === null ? TYPED : { ...TYPED, base_version: live, expected_live: live };
  const build = newBuild({
    build_id: ask && asked ? asked : room.newId("bld"),
    enterprise_id: open.enterprise_id,
    chat_id: open.chat_id,
    prompt: before ? `${before}\n\n${input.text}` : input.text,
    ...(ask ?? (before ? { ...TYPED, answers: {} } : typed)),
  });
  // The index first: a build that nobody can find must not run.
  if (!ask) await index.record(build);
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
