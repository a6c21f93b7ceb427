import { expect, test } from "vitest";
import type { RunEvent } from "#runtime/events";
import { coalesce } from "#workers/chat-session/coalesce";

function text(delta: string): RunEvent {
  return { type: "text", agent: "a", delta };
}

async function* from(events: RunEvent[]): AsyncGenerator<RunEvent> {
  yield* events;
}

async function collect(events: AsyncGenerator<RunEvent>): Promise<string[]> {
  const seen: string[] = [];
  for await (const event of events) seen.push(event.type === "text" ? event.delta : event.type);
  return seen;
}

const never = () => new Promise<never>(() => undefined);

test("the first piece leaves alone, the rest of a burst together, nothing is lost or reordered", async () => {
  const events = [
    { type: "calling" } as const,
    text("a"),
    text("b"),
    text("c"),
    { type: "completed" } as const,
  ];
  expect(await collect(coalesce(from(events), never))).toEqual(["calling", "a", "bc", "completed"]);
});

test("text that is held leaves when its window ends, though the model says nothing more", async () => {
  let end = (): void => undefined;
  let more = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    more = resolve;
  });
  async function* slow(): AsyncGenerator<RunEvent> {
    yield text("a");
    yield text("b");
    await gate;
    yield text("c");
  }
  const out = coalesce(
    slow(),
    () =>
      new Promise<void>((resolve) => {
        end = resolve;
      }),
  );
  expect((await out.next()).value).toEqual(text("a"));
  const second = out.next();
  await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  end();
  expect((await second).value).toEqual(text("b"));
  const third = out.next();
  more();
  expect((await third).value).toEqual(text("c"));
  expect((await out.next()).done).toBe(true);
});

test("a long burst is cut into frames of bounded size", async () => {
  const burst = Array.from({ length: 100 }, () => text("x".repeat(100)));
  const seen = await collect(coalesce(from(burst), never));
  expect(seen.join("")).toBe("x".repeat(10_000));
  expect(Math.max(...seen.map((part) => part.length))).toBeLessThan(4_200);
});
