import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { browserSocket } from "../../../chatui/src/chat/browser-socket.ts";
import { ChatPanel } from "../../../chatui/src/chat/chat-panel.tsx";
import { fakeSockets } from "./fake-sockets.ts";
import { frame, toolCall } from "./frames.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(() => {
  vi.restoreAllMocks();
});

const ADDRESS = { workflow: "support", enterpriseId: "ent", chatId: "chat", userId: "usr" };
const META = frame("chat_meta", {
  ...{ chat_id: "chat", workflow_name: "support", app_id: "ent", enterprise_id: "ent", user_id: "usr" },
  ...{ chat_exists: true, status: "idle" as const, last_seq: 0, workflow_version: 1 },
});
const CARD = toolCall(0, {
  component_type: "seat_map",
  interaction_type: "ui_tool",
  awaiting_response: true,
});

test("a turn draws no earlier message again: not when it starts, not with its words, not when it ends", async () => {
  const { deps, last } = fakeSockets();
  vi.spyOn(browserSocket, "connect").mockImplementation(deps.connect);
  let drawn = 0;
  const cards = {
    seat_map() {
      drawn += 1;
      return <p>Seats</p>;
    },
  };
  const page = document.body.appendChild(document.createElement("main"));
  const root = createRoot(page);
  await act(async () =>
    root.render(
      <ChatPanel address={ADDRESS} empty={() => null} placeholder="Say" offlineModel={false} cards={cards} />,
    ),
  );
  const hear = (...frames: DownFrame[]) =>
    act(async () => {
      for (const it of frames) last().onmessage?.({ data: JSON.stringify(it) });
      await new Promise(requestAnimationFrame);
    });
  await act(async () => last().open());
  await hear(META, CARD);
  // The thread is a chunk of its own.
  await act(() => import("../../../chatui/src/chat/thread.tsx"));
  expect(page.textContent).toContain("Seats");
  const before = drawn;
  await hear(
    frame("chat.text", { message_id: "m", role: "user", content: "Go on", index: 1 }, 1),
    frame("chat.run_start", { workflow: "support", chat_id: "chat", run_id: "r" }, 2),
  );
  for (const n of [3, 4, 5])
    await hear(frame("chat.stream_chunk", { stream_id: "s", chunk_seq: n, content: `word${n} ` }, n));
  expect(page.textContent).toContain("word3 word4 word5");
  await hear(
    frame("chat.stream_end", { stream_id: "s", message_id: "a", content: "All of it." }, 6),
    frame("chat.run_complete", { run_id: "r", status: "completed", reason: "done" }, 7),
  );
  expect(page.textContent).toContain("All of it.");
  expect(page.querySelectorAll('[data-testid="regenerate"]')).toHaveLength(1);
  expect(drawn).toBe(before);
  act(() => root.unmount());
  page.remove();
});
