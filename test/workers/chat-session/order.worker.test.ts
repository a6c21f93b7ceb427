import fc from "fast-check";
import { beforeAll, expect, test, vi } from "vitest";
import { dataOf } from "#test/support/chat-client";
import { call } from "#test/workers/gateway/client";
import { type Desk, openDesk, startChat } from "./desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

/** Frames that a client may send in any order, and what a stale one is answered; null: it changes nothing. */
const FRAMES = [
  { type: "user.input.submit", data: { text: "hello", client_message_id: "a" } },
  { type: "user.input.submit", data: { text: "Where is tool T-101?", client_message_id: "b" } },
  { type: "user.input.submit", data: { text: "What can you do?", client_message_id: "c" } },
  { type: "tool_call_response", data: { tool_call_id: "call_of_yesterday", response: { approved: true } } },
  { type: "chat.feedback", data: { message_id: "message_of_yesterday", value: "up" } },
  { type: "chat.cancel", data: { run_id: "run_of_yesterday" } },
  { type: "user.input.edit", data: { message_id: "message_of_yesterday", text: "x" } },
  { type: "client.resume", data: { last_seq: 1_000_000 } },
] as const;

test("F05 whatever the order frames come in, messages run in it, once each, and what is stale is refused with a code", async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...FRAMES], { minLength: FRAMES.length }), async (frames) => {
      const { tab } = await startChat(desk);
      const from = tab.frames.length;
      for (const { type, data } of frames) tab.send(type, data);
      const said = frames.flatMap(({ type, data }) =>
        type === "user.input.submit" ? [data.client_message_id] : [],
      );
      const ended = new Set<string>();
      await tab.until((frame) => {
        if (frame.type === "chat.run_complete") ended.add(frame.data.run_id);
        return ended.size === said.length;
      }, from);
      const heard = tab.frames.slice(from);
      const texts = dataOf(heard, "chat.text").filter(({ role }) => role === "user");
      expect(texts.map((it) => it.client_message_id)).toEqual(said);
      expect(dataOf(heard, "chat.input_ack").map((it) => it.client_message_id)).toEqual(said);
      const runs = dataOf(heard, "chat.run_complete");
      expect(runs.map(({ status }) => status)).toEqual(["completed", "completed", "completed"]);
      expect(new Set(runs.map(({ run_id }) => run_id)).size).toBe(3);
      expect(dataOf(heard, "ack.tool_call_response")).toMatchObject([{ status: "rejected" }]);
      const codes = dataOf(heard, "chat.error").map(({ code }) => code);
      expect(codes).toEqual(["NOT_FOUND", "NOT_FOUND"]);
      tab.close();
    }),
    { numRuns: 8, seed: 5 },
  );
});

test("F44 a log sink that is down holds up no turn and no change", async () => {
  const { tab } = await startChat(desk);
  const sink = vi.spyOn(console, "log").mockImplementation(() => {
    throw new Error("no sink");
  });
  try {
    expect(dataOf(await tab.say("hello"), "chat.run_complete")).toMatchObject([{ status: "completed" }]);
    const json = { name: "Renamed" };
    const path = `/api/apps/${desk.enterprise_id}`;
    const { status } = await call(path, { method: "PATCH", token: desk.owner.token, json });
    expect(status).toBe(200);
    expect(sink).toHaveBeenCalled();
  } finally {
    sink.mockRestore();
  }
  tab.close();
});
