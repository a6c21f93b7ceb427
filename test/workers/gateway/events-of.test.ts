import { expect, test } from "vitest";
import { LIMITS } from "#base/limits";
import { eventsOf } from "#workers/gateway/events-of";

/** A stream of an object, written by hand, and how it was left. */
function source() {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  let left = false;
  const lines = new ReadableStream<Uint8Array>({
    start: (it) => {
      controller = it;
    },
    cancel: () => {
      left = true;
    },
  });
  const send = (text: string) => controller.enqueue(new TextEncoder().encode(text));
  return {
    lines,
    send,
    end: () => controller.close(),
    breakOff: () => controller.error(new Error("evicted")),
    left: () => left,
  };
}

const write = (frame: { type: string }) => ({ text: `data: ${frame.type}\n\n`, last: frame.type === "last" });
const never = () => new Promise<void>(() => undefined);

function read(
  lines: ReadableStream<Uint8Array>,
  deps: { now?: () => number; wait?: () => Promise<void> } = {},
) {
  const { now = () => 0, wait = never } = deps;
  const reader = eventsOf(lines, write as never, { clock: { now }, wait }).getReader();
  return {
    next: async () => {
      const { done, value } = await reader.read();
      return done ? null : new TextDecoder().decode(value);
    },
    leave: () => reader.cancel(),
  };
}

test("frames that are cut anywhere on their way are whole events", async () => {
  const { lines, send, end } = source();
  const events = read(lines);
  send('{"type":"a"}\n{"ty');
  expect(await events.next()).toBe("data: a\n\n");
  send('pe":"b"}\n');
  expect(await events.next()).toBe("data: b\n\n");
  end();
  expect(await events.next()).toBeNull();
});

test("a silent stream says now and then that it is there, and loses nothing by it", async () => {
  const { lines, send } = source();
  const waits = [async () => undefined, never];
  const events = read(lines, { wait: () => (waits.shift() ?? never)() as Promise<void> });
  expect(await events.next()).toBe(": still here\n\n");
  send('{"type":"a"}\n');
  expect(await events.next()).toBe("data: a\n\n");
});

test("a stream ends at its age, at its last event, when the object breaks off, and lets the object know", async () => {
  let now = 0;
  const old = source();
  const aged = read(old.lines, { now: () => now });
  old.send('{"type":"a"}\n');
  await aged.next();
  now = LIMITS.streamMaxAgeMs + 1;
  expect(await aged.next()).toBeNull();
  expect(old.left()).toBe(true);

  const ending = source();
  const ended = read(ending.lines);
  ending.send('{"type":"last"}\n{"type":"more"}\n');
  expect(await ended.next()).toBe("data: last\n\n");
  expect(await ended.next()).toBeNull();
  expect(ending.left()).toBe(true);

  const broken = source();
  const cut = read(broken.lines);
  broken.breakOff();
  expect(await cut.next()).toBeNull();

  const leaving = source();
  await read(leaving.lines).leave();
  expect(leaving.left()).toBe(true);
});
