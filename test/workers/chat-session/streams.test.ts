import fc from "fast-check";
import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { Streams } from "#workers/chat-session/streams";

/** A log as the object's: chunks are rows until the end of their stream takes their place. */
function makeLog() {
  let rows: DownFrame[] = [];
  let seq = -1;
  const add = (type: string, data: object) => {
    seq += 1;
    rows.push({ type, data, seq } as unknown as DownFrame);
  };
  return {
    get lastSeq() {
      return seq;
    },
    read: (after: number, limit: number) => rows.filter((it) => (it.seq ?? 0) > after).slice(0, limit),
    chunk: (stream: string, content: string) => add("chat.stream_chunk", { stream_id: stream, content }),
    end(stream: string, content: string) {
      rows = rows.filter(
        ({ type, data }) =>
          type !== "chat.stream_chunk" || (data as { stream_id: string }).stream_id !== stream,
      );
      add("chat.stream_end", { stream_id: stream, content });
    },
  };
}

const meta = { type: "chat_meta", data: {} } as unknown as DownFrame;
const boundary = { type: "chat.resume_boundary", data: {} } as unknown as DownFrame;
const open = { user_id: "ann", sees: { cost: true, balance: true } };

function reading(streams: Streams, after = -1) {
  const stream = streams.open({ open, after, first: meta, boundary: () => boundary });
  const reader = stream.getReader();
  const frames: DownFrame[] = [];
  return {
    frames,
    async next(): Promise<boolean> {
      const { done, value } = await reader.read();
      if (!done)
        for (const line of new TextDecoder().decode(value).trimEnd().split("\n"))
          frames.push(JSON.parse(line));
      return !done;
    },
    leave: () => reader.cancel(),
  };
}

test("F01 F31 a reader that reads when it likes has every message, whole, once and in order", async () => {
  const doing = fc.constantFrom("chunk" as const, "end" as const, "read" as const);
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { maxLength: 60 }), async (steps) => {
      const log = makeLog();
      const streams = new Streams(log, async () => undefined);
      const reader = reading(streams);
      await reader.next();
      const said: string[] = [];
      let text = "";
      for (const step of steps) {
        if (step === "read") {
          const last = reader.frames.findLast(({ seq }) => seq !== undefined)?.seq ?? -1;
          if (last < log.lastSeq) await reader.next();
          continue;
        }
        if (step === "chunk") {
          text += "x";
          log.chunk(`s${said.length}`, "x");
        } else {
          log.end(`s${said.length}`, text);
          said.push(text);
          text = "";
        }
        streams.wake();
      }
      for (;;) {
        const last = reader.frames.findLast(({ seq }) => seq !== undefined)?.seq ?? -1;
        if (last >= log.lastSeq) break;
        await reader.next();
      }
      const seqs = reader.frames.flatMap(({ seq }) => seq ?? []);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      const ends = reader.frames.filter(({ type }) => type === "chat.stream_end");
      expect(ends.map(({ data }) => (data as { content: string }).content)).toEqual(said);
      await reader.leave();
    }),
  );
});

test("nothing is told before it is durable", async () => {
  const log = makeLog();
  let settle = (): void => undefined;
  const durable = () =>
    new Promise<void>((resolve) => {
      settle = resolve;
    });
  const reader = reading(new Streams(log, durable));
  log.chunk("s", "x");
  const next = reader.next();
  await Promise.resolve();
  expect(reader.frames).toEqual([]);
  settle();
  await next;
  expect(reader.frames.map(({ type }) => type)).toEqual([
    "chat_meta",
    "chat.stream_chunk",
    "chat.resume_boundary",
  ]);
});

test("a person's streams can be ended, and those who left are not kept", async () => {
  const log = makeLog();
  const streams = new Streams(log, async () => undefined);
  const ended = reading(streams);
  await ended.next();
  const waiting = ended.next();
  streams.end(({ user_id }) => user_id === "eve");
  streams.end(({ user_id }) => user_id === "ann");
  expect(await waiting).toBe(false);
  const left = reading(streams);
  await left.next();
  await left.leave();
  expect((streams as unknown as { readers: Set<unknown> }).readers.size).toBe(0);
});
