import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import { MESSAGES } from "./log.ts";
import { SEES_NOTHING } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { visibleTo } from "./visible-to.ts";

type Reader = { open: Wanted["open"]; wake: () => void; end: () => void };
export type Wanted = {
  open: Pick<SessionOpen, "user_id" | "session_id" | "key_id" | "host" | "sees">;
  /** Frames beyond this one. */
  after: number;
  /** Of this connection only: before the log. */
  first: DownFrame;
  /** Of this connection only: when what was in the log is told. */
  boundary: (replayedMessages: number) => DownFrame;
};
type Source = { read: (after: number, limit: number) => DownFrame[]; readonly lastSeq: number };

const ROWS_AT_ONCE = 64;

/**
 * Those who read the log over HTTP. A reader has no buffer: it is woken, and takes rows from the log as fast as its
 * client reads, so none is skipped, a slow one costs nothing, and what was folded meanwhile comes as its end.
 * While one is open the object stays in memory; if it is evicted all the same, the client resumes by its last `seq`.
 */
export class Streams {
  private readonly readers = new Set<Reader>();

  constructor(
    private readonly source: Source,
    /** Resolves when what was written is durable: nothing may be told before. */
    private readonly durable: () => Promise<void>,
  ) {}

  get full(): boolean {
    return this.readers.size >= LIMITS.streamsPerChat;
  }

  /** Tells that there are new rows. */
  wake(): void {
    for (const reader of this.readers) reader.wake();
  }

  /** Ends the streams of those that are meant: all, by default. */
  end(means: (open: Wanted["open"]) => boolean = () => true): void {
    for (const reader of this.readers) if (means(reader.open)) reader.end();
  }

  /** Frames as lines of JSON: `first`, the log beyond `after`, `boundary`, then what comes. Until cancelled or ended. */
  open({ open, after, first, boundary }: Wanted): ReadableStream<Uint8Array> {
    const text = new TextEncoder();
    const history = this.source.lastSeq;
    let cursor = after;
    let told = false;
    let messages = 0;
    let ended = false;
    let wake = (): void => undefined;
    const reader: Reader = {
      open,
      wake: () => wake(),
      end: () => {
        ended = true;
        wake();
      },
    };
    this.readers.add(reader);
    let lines = [JSON.stringify(first)];
    return new ReadableStream({
      type: "bytes",
      pull: async (controller) => {
        while (!ended) {
          for (const frame of this.source.read(cursor, ROWS_AT_ONCE)) {
            cursor = frame.seq ?? cursor;
            if (!told && MESSAGES.has(frame.type)) messages += 1;
            const seen = visibleTo(frame, open.sees ?? SEES_NOTHING);
            if (seen) lines.push(JSON.stringify(seen));
          }
          if (!told && cursor >= history) {
            told = true;
            lines.push(JSON.stringify(boundary(messages)));
          }
          if (lines.length > 0) {
            await this.durable();
            controller.enqueue(text.encode(`${lines.join("\n")}\n`));
            lines = [];
            return;
          }
          if (cursor < this.source.lastSeq) continue;
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        this.readers.delete(reader);
        controller.close();
        controller.byobRequest?.respond(0);
      },
      cancel: () => {
        this.readers.delete(reader);
        reader.end();
      },
    });
  }
}
