import { expect, test } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { applyFrame } from "../../../chatui/src/chat/apply-frame.ts";
import { EMPTY_CHAT } from "../../../chatui/src/chat/chat-state.ts";
import { alert, frame, summary, usage } from "./frames.ts";

const after = (...frames: DownFrame[]) => frames.reduce(applyFrame, EMPTY_CHAT);
const shown = (...frames: DownFrame[]) =>
  after(...frames).alerts.map(({ scope, threshold }) => [scope, threshold]);
const start = (seq: number) => frame("chat.run_start", { workflow: "w", chat_id: "c", run_id: "r" }, seq);

test("usage is the sum of its increments, corrections included; no cost is shown until one was sent", () => {
  expect(after(usage(0, 10), usage(1, 5)).usage).toMatchObject({ totalTokens: 15, costNano: null });
  expect(after(usage(0, 10, "400"), usage(1, -2, "-80")).usage).toMatchObject({
    totalTokens: 8,
    costNano: 320n,
  });
});

test("a summary takes the place of what was added up, and what follows is added to it", () => {
  const frames = [usage(0, 10, "400"), summary(1, 12, "450"), usage(2, 5, "50")];
  expect(after(...frames).usage).toEqual({
    inputTokens: 17,
    outputTokens: 0,
    totalTokens: 17,
    costNano: 500n,
  });
});

test("a reload, where only the newest summary is left in the log, shows the same", () => {
  const [first, second] = [usage(0, 10, "400"), usage(2, 5, "50")];
  const live = after(first, summary(1, 10, "400"), second, summary(3, 15, "450"));
  expect(after(first, second, summary(3, 15, "450")).usage).toEqual(live.usage);
});

test("a summary without cost, as end users get it, shows none", () => {
  expect(after(usage(0, 10), summary(1, 10)).usage).toMatchObject({ totalTokens: 10, costNano: null });
});

test("of a budget only the newest alert stands; budgets stand beside each other", () => {
  expect(
    shown(
      alert(0, "user_day", 50),
      alert(1, "chat", 50),
      alert(2, "user_day", 80),
      alert(3, "user_day", 100),
    ),
  ).toEqual([
    ["chat", 50],
    ["user_day", 100],
  ]);
});

test("a used-up budget that lets a call through was raised: its alert goes, others stay", () => {
  expect(shown(alert(0, "user_day", 100), alert(1, "chat", 80), start(2), usage(3, 10))).toEqual([
    ["chat", 80],
  ]);
});

test("an alert about a turn ends with the next one", () => {
  expect(shown(alert(0, "turn", 80), alert(1, "chat", 50), start(2))).toEqual([["chat", 50]]);
});

test("a refusal names the limit that refused", () => {
  const refused = frame(
    "chat.error",
    {
      code: "BUDGET_EXCEEDED",
      error_code: "BUDGET_EXCEEDED",
      message: "A spending limit has been reached.",
      retryable: false,
      request_id: "q",
      details: { scope: "user_day" },
    },
    0,
  );
  expect(after(refused).items).toMatchObject([{ kind: "error", code: "BUDGET_EXCEEDED", scope: "user_day" }]);
});
