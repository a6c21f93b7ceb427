import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { dataOf, textOf } from "#test/support/chat-client";
import { framesOf } from "#test/support/model-server/dialects";
import { call } from "#test/workers/gateway/client";
import { type Desk, openModelDesk, startChat } from "./desk.ts";

const BUSY = "busy-desk";
let desk: Desk;
beforeAll(async () => {
  desk = await openModelDesk(BUSY);
});
afterEach(() => {
  vi.restoreAllMocks();
});

const SPOKEN = framesOf("chat", { text: ["Here I am."] }).join("");

test("F13 while a busy model is waited for people are told so at once; the log never says it", async () => {
  const { tab, chat_id } = await startChat(desk, BUSY);
  let asked = 0;
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => {
    asked += 1;
    if (asked <= 2) return new Response("{}", { status: 429, headers: { "retry-after": "0" } });
    return new Response(SPOKEN, { headers: { "content-type": "text/event-stream" } });
  });
  const frames = await tab.say("hello");
  expect(textOf(frames)).toBe("Here I am.");
  expect(asked).toBe(3);
  const types = frames.map(({ type }) => type);
  const told = frames.filter(({ type }) => type === "chat.run_status");
  const { run_id } = dataOf(frames, "chat.run_start")[0]!;
  expect(told.map(({ data, seq }) => ({ data, seq }))).toMatchObject([
    { data: { run_id, status: "model_busy" }, seq: undefined },
    { data: { run_id, status: "model_busy" }, seq: undefined },
  ]);
  expect(types.indexOf("chat.run_status")).toBeLessThan(types.indexOf("chat.stream_chunk"));
  const path = `/api/chats/${desk.enterprise_id}/${chat_id}/events`;
  const log = JSON.stringify((await call(path, { token: desk.owner.token })).body);
  expect(log).toContain("Here I am.");
  expect(log).not.toContain("run_status");
  tab.close();
});
