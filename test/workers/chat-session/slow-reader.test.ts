import fc from "fast-check";
import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import type { Guest } from "#workers/chat-session/guests";
import { resume } from "#workers/chat-session/join";
import { makeFrame } from "#workers/chat-session/log";
import { ReplayBudget } from "#workers/chat-session/replay-budget";
import { broadcast, type Room } from "#workers/chat-session/room";
import { Unheard } from "#workers/chat-session/unheard";

/** A log in memory and one reader on a line that buffers: as much as a room needs, with a clock moved by hand. */
function slowRoom() {
  const log: DownFrame[] = [];
  const line: string[] = [];
  const closed: number[] = [];
  let now = 0;
  let pingedAt = 0;
  const waiting = () => line.reduce((sum, text) => sum + text.length, 0);
  const guest = {
    state: { user_id: "u", sees: { cost: true, balance: true }, since: 0 } as Guest["state"],
    get bufferedAmount() {
      return waiting();
    },
    setState(state: NonNullable<Guest["state"]>) {
      guest.state = state;
    },
    send: (text: string) => void line.push(text),
    close: (code: number) => void closed.push(code),
  };
  const clock = { now: () => now };
  const room = {
    clock,
    replays: new ReplayBudget(clock),
    unheard: new Unheard<Guest>(clock, () => pingedAt),
    guests: () => [guest],
    streams: { wake: () => undefined },
    store: { meta: () => ({ chat_id: "c" }) },
    log: {
      get lastSeq() {
        return log.length - 1;
      },
      countMessages: () => log.length,
      *rows(after: number) {
        for (const frame of log.slice(after + 1)) yield { seq: frame.seq ?? -1, text: JSON.stringify(frame) };
      },
    },
  } as unknown as Room;
  return {
    log,
    closed,
    waiting,
    ping: () => {
      pingedAt = now;
    },
    /** As on a platform that does not tell what waits. */
    tellNothing: () => Object.defineProperty(guest, "bufferedAmount", { value: 0 }),
    pass: (ms: number) => {
      now += ms;
    },
    say(length: number) {
      const data = { message_id: "m", role: "assistant" as const, content: "x".repeat(length) };
      const frame = makeFrame("chat.text", data, 0, undefined, log.length);
      log.push(frame);
      broadcast(room, frame);
    },
    /** The reader takes one frame off the line, and does what a client does. */
    read(): DownFrame | null {
      const text = line.shift();
      return text === undefined ? null : (JSON.parse(text) as DownFrame);
    },
    resume(after: number): void {
      room.unheard.heard(guest as unknown as Guest);
      resume(room, guest as unknown as Guest, after);
    },
  };
}

test("F31 however slowly it reads, a client that resumes when told has every frame once, and little waits for it", () => {
  const step = fc.oneof(
    fc.record({ say: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({ say: fc.integer({ min: 1, max: 60_000 }) }),
    fc.record({ read: fc.integer({ min: 1, max: 3 }) }),
  );
  let resyncs = 0;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200, size: "max" }), (steps) => {
      const line = slowRoom();
      const has: number[] = [];
      const read = () => {
        const frame = line.read();
        if (frame?.seq !== undefined) has.push(frame.seq);
        if (frame?.type === "chat.resume_boundary" && frame.data.gap) {
          resyncs += 1;
          line.resume(has.at(-1) ?? -1);
        }
        return frame !== null;
      };
      for (const it of steps) {
        line.pass(20);
        if ("say" in it) line.say(it.say);
        else for (let n = 0; n < it.read; n += 1) read();
        expect(line.waiting()).toBeLessThan(LIMITS.socketBehindBytes + 62_000 + LIMITS.replayWindowBytes);
      }
      while (read());
      expect(has).toEqual(line.log.map(({ seq }) => seq));
      expect(line.closed).toEqual([]);
    }),
  );
  expect(resyncs).toBeGreaterThan(20);
});

test("F31 a reader that asks again and again without reading gets no second copy of the log on top", () => {
  const line = slowRoom();
  for (let n = 0; n < 300; n += 1) line.say(1_000);
  for (let n = 0; n < 50; n += 1) line.resume(-1);
  expect(line.waiting()).toBeLessThan(LIMITS.socketBehindBytes + LIMITS.replayWindowBytes + 50_000);
});

test("T63 a log that is asked for again and again costs what it may, then the asker is sent away; later it is told again", () => {
  const line = slowRoom();
  for (let n = 0; n < 100; n += 1) line.say(1_000);
  while (line.read());
  let asked = 0;
  for (; line.closed.length === 0; asked += 1) {
    line.resume(-1);
    while (line.read());
  }
  expect(line.closed).toEqual([1013]);
  expect(asked * 100_000).toBeGreaterThan(LIMITS.replayBurstBytes / 2);
  expect(asked * 100_000).toBeLessThan(LIMITS.replayBurstBytes * 1.1);
  line.pass(1_000);
  line.resume(-1);
  expect(line.closed).toHaveLength(1);
  expect(line.read()?.type).toBe("chat.text");
});

test("F31 where the platform tells nothing, a reader that says and pings nothing gets so much and no more", () => {
  const line = slowRoom();
  line.tellNothing();
  for (let n = 0; n < 500; n += 1) {
    line.pass(10);
    line.say(10_000);
  }
  expect(line.waiting()).toBeGreaterThan(LIMITS.socketUnheardBytes);
  expect(line.waiting()).toBeLessThan(LIMITS.socketUnheardBytes + 20_000);
});

test("F31 one that pings is there: it gets everything live", () => {
  const line = slowRoom();
  line.tellNothing();
  for (let n = 0; n < 500; n += 1) {
    line.pass(1_000);
    if (n % 25 === 0) line.ping();
    line.say(10_000);
  }
  const frames = [];
  for (let frame = line.read(); frame; frame = line.read()) frames.push(frame.seq);
  expect(frames).toEqual(line.log.map(({ seq }) => seq));
});
