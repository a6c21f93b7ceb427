import { act } from "react";
import { createRoot } from "react-dom/client";
import { expect, test } from "vitest";
import type { DownData, DownFrame } from "#protocol/frames/down";
import { applyFrame } from "../../../chatui/src/chat/apply-frame.ts";
import { ChatContext } from "../../../chatui/src/chat/chat-context.ts";
import { EMPTY_CHAT, type ToolItem } from "../../../chatui/src/chat/chat-state.ts";
import { ToolCard } from "../../../chatui/src/chat/tool-card.tsx";
import { NO_PARTS } from "./chat-parts.ts";
import { frame, toolCall } from "./frames.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

/** What the person sees of the one tool call in these frames. */
function shown(frames: DownFrame[]): HTMLElement {
  const { items } = frames.reduce(applyFrame, EMPTY_CHAT);
  const tool = items.find((it): it is ToolItem => it.kind === "tool");
  if (!tool) throw new Error("no tool");
  const at = document.createElement("div");
  const root = createRoot(at);
  act(() =>
    root.render(
      <ChatContext.Provider value={NO_PARTS}>
        <ToolCard item={tool} />
      </ChatContext.Provider>,
    ),
  );
  return at;
}

const asked = (more: Record<string, unknown> = {}, component = "confirmation") =>
  toolCall(0, {
    awaiting_response: false,
    component_type: component,
    payload: {
      title: "Refund",
      message: "Refund $5?",
      waits_for: "team",
      expires_at: "2026-12-01T10:00:00.000Z",
      facts: [{ label: "Amount", value: "$5" }],
      ...more,
    },
  });
const answered = (status: DownData<"chat.tool_response">["status"], content: unknown = {}) =>
  frame(
    "chat.tool_response",
    { tool_call_id: "t1", tool_name: "record_refund", status, success: status === "ok", content },
    1,
  );

test("an approval by the team shows what is asked and that it waits, and has no button", () => {
  const card = shown([asked()]);
  expect(card.textContent).toContain("Refund $5?");
  expect(card.textContent).toContain("Amount");
  expect(card.textContent).toMatch(/Waiting for the team \(until .*2026/);
  expect(card.querySelectorAll("button, input")).toHaveLength(0);
});

test("how the team decided is said as it was: yes, no, or nobody in time", () => {
  expect(shown([asked(), answered("ok")]).textContent).toContain("The team agreed.");
  expect(shown([asked(), answered("declined")]).textContent).toContain("The team said no.");
  expect(shown([asked(), answered("declined", { expired: true })]).textContent).toContain("in time");
  expect(shown([asked(), answered("failed", { error: "It is gone." })]).textContent).toContain("It is gone.");
  expect(shown([asked(), answered("dismissed")]).textContent).toContain("Not needed");
});

test("who asked for a human sees that somebody was told", () => {
  expect(shown([asked({}, "operator")]).textContent).toContain("Waiting for a person of the team");
});

test("an operator's words bear their name, and their coming and going is seen", () => {
  const text = {
    message_id: "m",
    role: "assistant" as const,
    content: "Hi, I'm Opal.",
    operator: "Opal O'Neil",
  };
  const state = [
    frame("chat.operator_joined", { operator: "Opal O'Neil" }, 0),
    frame("chat.text", text, 1),
    frame("chat.operator_left", { operator: "Opal O'Neil" }, 2),
  ].reduce(applyFrame, EMPTY_CHAT);
  expect(state.items).toMatchObject([
    { kind: "notice", says: "joined", who: "Opal O'Neil" },
    { kind: "text", text: "Hi, I'm Opal.", agent: "Opal O'Neil", streaming: false },
    { kind: "notice", says: "left", who: "Opal O'Neil" },
  ]);
  expect(state.titles["Opal O'Neil"]).toBe("Opal O'Neil");
});
