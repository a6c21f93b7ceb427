import type { RedCase } from "#protocol/api/build";
import type { AppFiles } from "#protocol/app-file/app-files";
import type { BuildState } from "./build-state.ts";
import { type BuildEvent, step } from "./run-build.ts";

/** The conversations of a build that did not pass. */
export function redOf({ acceptance }: Pick<BuildState, "acceptance">): RedCase[] {
  return (acceptance?.cases ?? [])
    .filter((it) => !it.passed)
    .map(({ workflow, name }) => ({ workflow, name }));
}

/** The files of a build that stopped at its conversations and nowhere else; null for any other. */
export function heldBack(state: BuildState): AppFiles | null {
  const isRed = state.status === "failed" && state.error?.code === "ACCEPTANCE_FAILED";
  return isRed ? (state.files ?? null) : null;
}

/** What a version that was published over red conversations says of itself. */
export function noteOverRed(red: readonly RedCase[], reason: string): string {
  return `published over ${red.length} red ${red.length === 1 ? "conversation" : "conversations"}: ${reason}`;
}

/** Notes that an owner has published it all the same; `state` is brought forward in place. */
export function* publishedOverRed(
  state: BuildState,
  version: number,
  by: { user_id: string; reason: string },
): Generator<BuildEvent> {
  const red = redOf(state);
  state.version = version;
  state.status = "live";
  state.published_over = { ...by, red };
  delete state.error;
  delete state.files;
  const detail = `version ${version} is live, ${noteOverRed(red, by.reason)}`;
  yield step(state, "publish", "done", detail);
  yield { type: "say", text: `An owner has published this all the same: ${detail}.` };
  yield { type: "ended" };
}
