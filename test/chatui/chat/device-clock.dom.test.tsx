import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import { BudgetNoticeLine } from "../../../chatui/src/chat/budget-notice-line.tsx";
import { alert, frame } from "./frames.ts";
import { open } from "./open-fake-chat.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(() => {
  vi.useRealTimers();
});

const META = {
  chat_id: "chat",
  workflow_name: "support",
  app_id: "ent",
  enterprise_id: "ent",
  user_id: "usr",
  chat_exists: true,
  status: "idle" as const,
  last_seq: -1,
  workflow_version: 1,
};
const DAY_MS = 86_400_000;

test.each([-1, 0, 1])(
  "F33 on a device whose clock is %i days off, a notice of today is still one of today",
  (days) => {
    // Frames of `frames.ts` are of this moment.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-22T12:00:00.000Z") + days * DAY_MS });
    const { chat, receive } = open();
    receive(frame("chat_meta", META));
    receive(alert(0, "user_day", 80));
    const { serverAheadMs, chat: state } = chat.view();
    expect(serverAheadMs).toBe(days === 0 ? 0 : -days * DAY_MS);
    const page = document.body.appendChild(document.createElement("main"));
    const root = createRoot(page);
    const place = { enterpriseId: "ent", chatId: "chat", userId: "usr" };
    act(() =>
      root.render(<BudgetNoticeLine {...place} alerts={state.alerts} serverAheadMs={serverAheadMs} />),
    );
    expect(page.querySelector("[data-testid=budget-notice]")).not.toBeNull();
    act(() => root.unmount());
    page.remove();
  },
);
