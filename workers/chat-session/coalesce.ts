import type { RunEvent } from "#runtime/events";

type Text = Extract<RunEvent, { type: "text" }>;

const WINDOW_MS = 20;
const MAX_CHARS = 4_096;

/**
 * Joins neighbouring pieces of text into fewer frames. The first piece of a message leaves at once; the next ones
 * at most 20 ms after the model sent them. Every other event passes in its place, and the next one is only asked
 * for once it was taken.
 */
export async function* coalesce(
  events: AsyncGenerator<RunEvent>,
  wait: (ms: number) => Promise<unknown>,
): AsyncGenerator<RunEvent> {
  let held = null as Text | null;
  let window: Promise<null> | null = null;
  let speaking = false;
  let next = events.next();
  for (;;) {
    const got: IteratorResult<RunEvent> | null = window ? await Promise.race([next, window]) : await next;
    if (got === null || got.done) {
      if (held) yield held;
      held = window = null;
      if (got) return;
      continue;
    }
    const event = got.value;
    if (event.type === "text" && speaking) {
      held = held ? { ...held, delta: held.delta + event.delta } : event;
      window ??= wait(WINDOW_MS).then(() => null);
      if (held.delta.length >= MAX_CHARS) {
        yield held;
        held = window = null;
      }
    } else {
      if (held) yield held;
      held = window = null;
      yield event;
      speaking = event.type === "text";
    }
    next = events.next();
  }
}
