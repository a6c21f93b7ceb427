import type { Sends } from "./tools/planned.ts";
import type { Entry } from "./transcript.ts";

/**
 * Whether a call could carry something out at the wish of a text from outside (T26): what a model has read of
 * `untrusted` outcomes may have told it what to send and where. Such a call waits for the person, whatever the app's
 * file says. Reading on at the one host that all of it came from is no way out. Rows alone decide, so a run that is
 * taken up again judges the same; whole conversations count, as a model sees what earlier turns read. Pure.
 */
export function isTainted(sends: Sends | undefined, transcript: readonly Entry[]): boolean {
  if (!sends) return false;
  const sources = transcript.flatMap((entry) =>
    entry.kind === "tool" && entry.outcome.untrusted === true ? [entry.outcome.from] : [],
  );
  if (sources.length === 0) return false;
  if (sends.writes) return true;
  return sends.says && sources.some((host) => host !== sends.to);
}
