import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { applyFrame } from "../../../chatui/src/chat/apply-frame.ts";
import { withOwnAnswer, withOwnMessage } from "../../../chatui/src/chat/apply-own.ts";
import { type ChatState, EMPTY_CHAT } from "../../../chatui/src/chat/chat-state.ts";
import { frame, toolCall, usage } from "./frames.ts";

function after(frames: DownFrame[], from: ChatState = EMPTY_CHAT): ChatState {
  return frames.reduce(applyFrame, from);
}

const chunk = (seq: number, n: number, content: string) =>
  frame("chat.stream_chunk", { stream_id: "s", chunk_seq: n, content }, seq, "clerk");
const end = (seq: number, content: string) =>
  frame("chat.stream_end", { stream_id: "s", message_id: "m", content }, seq, "clerk");
const done = (seq: number, status: "completed" | "cancelled" = "completed") =>
  frame("chat.run_complete", { run_id: "r", status, reason: "end" }, seq);

test("chunks grow one text, and the end's full text takes their place", () => {
  const growing = after([chunk(0, 0, "Hel"), chunk(1, 1, "lo")]);
  expect(growing.items).toMatchObject([{ kind: "text", text: "Hello", streaming: true, agent: "clerk" }]);
  expect(applyFrame(growing, end(2, "Hello there")).items).toMatchObject([
    { kind: "text", text: "Hello there", streaming: false },
  ]);
});

test("a replay that folded the chunks shows the same as the live stream", () => {
  const live = after([chunk(0, 0, "Hel"), chunk(1, 1, "lo"), end(2, "Hello")]);
  const replayed = after([end(2, "Hello")]);
  expect(replayed.items).toEqual(live.items);
});

test("rows of the log that were seen before change nothing", () => {
  const once = after([chunk(0, 0, "Hi"), usage(1, 10, "5")]);
  expect(after([chunk(0, 0, "Hi"), usage(1, 10, "5")], once)).toBe(once);
});

test("the server's copy of a message this page sent takes the place of the page's own", () => {
  const sent = withOwnMessage(EMPTY_CHAT, "c1", "hello");
  expect(sent.items).toMatchObject([{ kind: "user", sending: true }]);
  const text = frame(
    "chat.text",
    { message_id: "m1", role: "user", content: "hello", client_message_id: "c1" },
    0,
  );
  expect(applyFrame(sent, text).items).toMatchObject([{ kind: "user", text: "hello", sending: false }]);
});

test("an acknowledgement marks the message as delivered", () => {
  const sent = withOwnMessage(EMPTY_CHAT, "c1", "hello");
  const ack = frame("chat.input_ack", {
    chat_id: "chat",
    status: "accepted",
    client_message_id: "c1",
    message_id: "m1",
  });
  expect(applyFrame(sent, ack).items).toMatchObject([{ sending: false }]);
});

test("a card waits, is answered, and keeps the outcome", () => {
  const waiting = after([toolCall(0)]);
  expect(waiting.items).toMatchObject([{ kind: "tool", awaiting: true }]);
  const answered = withOwnAnswer(waiting, "t1", { approved: true });
  const taken = applyFrame(
    answered,
    frame("ack.tool_call_response", { tool_call_id: "t1", status: "accepted" }),
  );
  expect(taken.items).toMatchObject([{ answer: { status: "accepted" } }]);
  const outcome = frame(
    "chat.tool_response",
    { tool_call_id: "t1", tool_name: "x", status: "ok", success: true, content: { ok: true } },
    1,
  );
  expect(applyFrame(taken, outcome).items).toMatchObject([{ awaiting: false, outcome: { status: "ok" } }]);
});

test("a refused answer keeps the card open and says why", () => {
  const answered = withOwnAnswer(after([toolCall(0)]), "t1", { name: "" });
  const ack = frame("ack.tool_call_response", {
    tool_call_id: "t1",
    status: "rejected",
    reason: "name: too short",
  });
  expect(applyFrame(answered, ack).items).toMatchObject([
    { awaiting: true, answer: { status: "rejected", reason: "name: too short" } },
  ]);
});

test("a call shown again before its outcome moves to the end and keeps its steps", () => {
  const build = after([
    toolCall(0, { component_type: "build", interaction_type: "auto_tool", awaiting_response: false }),
    frame("chat.tool_progress", { tool_call_id: "t1", step: "brief", status: "done" }, 1),
    frame("chat.text", { message_id: "m", role: "assistant", content: "Look" }, 2),
    toolCall(3, { component_type: "plan" }),
  ]);
  expect(build.items).toMatchObject([
    { kind: "text" },
    { kind: "tool", component: "plan", steps: [{ name: "brief", status: "done" }] },
  ]);
});

test("a call whose id was used by an ended one stands beside it", () => {
  const ended = frame(
    "chat.tool_response",
    { tool_call_id: "t1", tool_name: "x", status: "ok", success: true, content: {} },
    1,
  );
  const keys = after([toolCall(0), ended, toolCall(2)]).items.map((item) => item.kind === "tool" && item.key);
  expect(keys).toEqual(["tool-0", "tool-2"]);
});

test("another agent is announced, the first one is not", () => {
  const speak = (seq: number, agent: string, title: string) =>
    frame("chat.select_speaker", { agent, title }, seq);
  const state = after([speak(0, "a", "Front desk"), speak(1, "a", "Front desk"), speak(2, "b", "Refunds")]);
  expect(state.items).toMatchObject([{ kind: "notice", says: "takes_over", who: "Refunds" }]);
});

test("a run that was stopped says so, and no text streams on", () => {
  const state = after([chunk(0, 0, "Half"), done(1, "cancelled")]);
  expect(state.running).toBe(false);
  expect(state.items).toMatchObject([
    { kind: "text", streaming: false, interrupted: true },
    { kind: "notice", says: "stopped" },
  ]);
});

test("a chat is running from a run's start to its end", () => {
  const started = after([frame("chat.run_start", { workflow: "w", chat_id: "c", run_id: "r" }, 0)]);
  expect(started.running).toBe(true);
  expect(after([done(1)], started).running).toBe(false);
});

test("an error stands in the chat in the server's words", () => {
  const error = frame(
    "chat.error",
    {
      code: "MODEL_FAILED",
      error_code: "MODEL_FAILED",
      message: "The model did not answer.",
      retryable: true,
      request_id: "q",
    },
    0,
  );
  expect(after([error]).items).toMatchObject([
    { kind: "error", message: "The model did not answer.", retryable: true },
  ]);
});

test("a frame of an unknown type changes nothing but the place in the log", () => {
  const unknown = {
    ...frame("chat.run_start", { workflow: "w", chat_id: "c", run_id: "r" }, 4),
    type: "new",
  };
  expect(applyFrame(EMPTY_CHAT, unknown as unknown as DownFrame)).toEqual({ ...EMPTY_CHAT, lastSeq: 4 });
});
