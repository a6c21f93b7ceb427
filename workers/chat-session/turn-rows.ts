import type { AppFiles } from "#protocol/app-file/app-files";
import { entryOf, findAgent, type Place } from "#runtime/find-agent";
import { homeOf } from "#runtime/place";
import { newRun, type RunState } from "#runtime/run-state";
import { takeUp } from "#runtime/take-up";
import type { UserEntry } from "#runtime/transcript";
import { takeContext, type Vars } from "#runtime/vars";
import type { Room } from "./room.ts";
import type { Input } from "./store.ts";

/** The run of a message, where the conversation stands. The message is taken and its run stored together. */
export function newTurn(
  room: Room,
  input: Input,
  runId: string,
  files: AppFiles,
  workflow: string,
): RunState {
  const { store } = room;
  const at = store.meta<Place>("at") ?? entryOf(files, workflow);
  const run = newRun(runId, at, store.meta<Vars>("vars") ?? {});
  takeContext(run, findAgent(files, at).file, input.context);
  store.takeInput(input.message_id);
  store.entries.add({ ...entryOfInput(input), at });
  store.beginRun(runId, run, { message_id: input.message_id, vars: run.vars ?? {} });
  return run;
}

/** A person's message as a row of the chat's memory. */
export function entryOfInput({ message_id, text, attachments }: Input): UserEntry {
  return { kind: "user", message_id, text, ...(attachments.length > 0 ? { attachments } : {}) };
}

/** What had been streamed of a cut message stays, marked; the step is asked again as a new message. */
export function mend(room: Room, run: RunState): void {
  const { log, clock, newId, store } = room;
  const cut = log.openStream();
  takeUp(run, cut?.content ?? "");
  if (cut) log.fold({ ...cut, message_id: newId("msg"), interrupted: true }, clock.now(), run.agent);
  store.saveRun(run.run_id, "running", run);
}

/** What a chat takes along from a run that has ended or waits: where it stands, and its variables. */
export function keepPlace(room: Room, run: RunState): void {
  room.store.setMeta("at", homeOf(run));
  if (run.vars && Object.keys(run.vars).length > 0) room.store.setMeta("vars", run.vars);
}
