import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import type { Deps } from "../compose.ts";

/** The text of the events that a frame makes, and whether they are the last. */
export type Writer = (frame: DownFrame) => { text: string; last: boolean };

/**
 * Reads no faster than its client. The object's stream breaks off when the object is evicted or the chat deleted: then
 * this one ends too, and whoever comes back is looked at anew.
 */
export function eventsOf(
  lines: ReadableStream<Uint8Array>,
  write: Writer,
  { clock, wait }: Pick<Deps, "clock" | "wait">,
): ReadableStream<Uint8Array> {
  const until = clock.now() + LIMITS.streamMaxAgeMs;
  const reader = lines.pipeThrough(new TextDecoderStream()).getReader();
  const encoder = new TextEncoder();
  let partial = "";
  let coming: Promise<ReadableStreamReadResult<string>> | null = null;
  const next = async (): Promise<ReadableStreamReadResult<string> | "quiet"> => {
    coming ??= reader.read().catch(() => ({ done: true, value: undefined }));
    const timer = new AbortController();
    const quiet = wait(LIMITS.streamKeepAliveMs, timer.signal).then(() => "quiet" as const);
    const got = await Promise.race([coming, quiet]);
    timer.abort();
    if (got !== "quiet") coming = null;
    return got;
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const got = clock.now() > until ? ({ done: true } as const) : await next();
          if (got === "quiet") return controller.enqueue(encoder.encode(": still here\n\n"));
          if (got.done) {
            await reader.cancel().catch(() => undefined);
            return controller.close();
          }
          const whole = (partial + got.value).split("\n");
          partial = whole.pop() ?? "";
          let text = "";
          let last = false;
          for (const line of whole) {
            if (last) break;
            const written = write(JSON.parse(line) as DownFrame);
            text += written.text;
            last = written.last;
          }
          if (text !== "") controller.enqueue(encoder.encode(text));
          if (last) {
            await reader.cancel().catch(() => undefined);
            return controller.close();
          }
          if (text !== "") return;
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}
