import { scopeOf } from "#enterprises/scope";
import { type BuildState, newBuild } from "#generator/build-state";
import type { BuildDeps } from "#generator/run-build";
import { checkApp } from "#workflows/check-app";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";
import { publishApp } from "../publish/publish-app.ts";
import { testApp } from "../publish/test-app.ts";
import type { Room } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import type { Input } from "./store.ts";

/** What a build does to the world, handed to the generator as functions. */
export function buildDeps(env: Env, open: SessionOpen, build: BuildState, signal: AbortSignal): BuildDeps {
  return {
    check: (files) => checkApp(files, { knowsProvider: compose(env).knowsProvider }),
    test: (files) => testApp(env, open.enterprise_id, build.build_id, files, signal),
    publish: (files, note) => publishApp(env, scopeOf(open.enterprise_id), open.user_id, files, note),
    signal,
  };
}

/**
 * A new build for a prompt. One that came over HTTP has its id and mode already (its message carries the id);
 * one that was typed gets an id of its own, which `record` notes in the index.
 */
export async function startBuildRun(
  room: Room,
  input: Input,
  open: SessionOpen,
  record: (build: BuildState) => Promise<void>,
): Promise<BuildState> {
  const asked = input.client_message_id;
  const approve = asked ? room.store.meta<"auto" | "manual">(`approve:${asked}`) : null;
  const build = newBuild({
    build_id: approve && asked ? asked : room.newId("bld"),
    enterprise_id: open.enterprise_id,
    chat_id: open.chat_id,
    prompt: input.text,
    approve: approve ?? "manual",
  });
  // The index first: a build that nobody can find must not run.
  if (!approve) await record(build);
  room.store.takeInput(input.message_id);
  room.store.saveRun(build.build_id, "running", build);
  return build;
}
