import { HttpAgent } from "@ag-ui/client";
import { EventSchema } from "@ag-ui/core/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";
import { agUiEvents } from "#chats/dialects/ag-ui";
import type { DownFrame } from "#protocol/frames/down";
import { foldedLog, liveLog, story } from "./logs.ts";

function eventsOf(frames: DownFrame[]) {
  const events = agUiEvents("chat");
  return frames.flatMap((frame) => events(frame)).map((event) => EventSchema.parse(event));
}

/** Each run by itself, as a client asks for it: up to its end or its pause. */
function runsOf<T extends { type: string }>(events: T[]): T[][] {
  const runs: T[][] = [];
  for (const event of events) {
    if (event.type === "RUN_STARTED") runs.push([]);
    runs.at(-1)?.push(event);
  }
  return runs;
}

/** AG-UI's own client verifies what it is sent, and throws at an event out of order. */
async function seenByClient(events: { type: string }[]): Promise<string[]> {
  const body = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join("");
  const headers = { "content-type": "text/event-stream" };
  const agent = new HttpAgent({
    url: "http://localhost/ag-ui",
    threadId: "chat",
    fetch: async () => new Response(body, { headers }),
  });
  const seen: string[] = [];
  const failures: string[] = [];
  agent.subscribe({
    onEvent: ({ event }) => void seen.push(event.type),
    onRunFailed: ({ error }) => void failures.push(error.message),
  });
  await agent.runAgent();
  expect(failures).toEqual([]);
  return seen;
}

test("any log makes events of the schema, in an order AG-UI's own client takes, live or read later", async () => {
  await fc.assert(
    fc.asyncProperty(story, async (runs) => {
      const live = liveLog(runs);
      for (const frames of [live, foldedLog(live)])
        for (const events of runsOf(eventsOf(frames)))
          expect(await seenByClient(events)).toEqual(events.map(({ type }) => type));
      const texts = (frames: DownFrame[]) =>
        eventsOf(frames)
          .flatMap((it) => (it.type === "TEXT_MESSAGE_CONTENT" ? [it.delta] : []))
          .join("");
      expect(texts(foldedLog(live))).toBe(texts(live));
    }),
    { numRuns: 40 },
  );
});
