import { act } from "react";
import { createRoot } from "react-dom/client";
import { afterEach, expect, test, vi } from "vitest";
import type { DownFrame } from "#protocol/frames/down";
import { browserSocket } from "../../../chatui/src/chat/browser-socket.ts";
import { ChatPanel } from "../../../chatui/src/chat/chat-panel.tsx";
import { fakeSockets } from "./fake-sockets.ts";
import { frame } from "./frames.ts";

(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;
afterEach(() => {
  vi.restoreAllMocks();
});

const ADDRESS = { workflow: "support", enterpriseId: "ent", chatId: "chat", userId: "usr" };

test("whoever waits for a run's end hears of it, also of one that begins and ends between two drawings", async () => {
  const { deps, last } = fakeSockets();
  vi.spyOn(browserSocket, "connect").mockImplementation(deps.connect);
  const onRan = vi.fn();
  const root = createRoot(document.body.appendChild(document.createElement("main")));
  await act(async () =>
    root.render(
      <ChatPanel address={ADDRESS} empty={() => null} placeholder="Say" offlineModel={false} onRan={onRan} />,
    ),
  );
  await act(async () => last().open());
  const hear = (...frames: DownFrame[]) =>
    act(async () => {
      for (const it of frames) last().onmessage?.({ data: JSON.stringify(it) });
      await new Promise(requestAnimationFrame);
    });
  const turn = (from: number) => [
    frame("chat.text", { message_id: `m${from}`, role: "user", content: "Go on", index: from }, from),
    frame("chat.run_start", { workflow: "support", chat_id: "chat", run_id: `r${from}` }, from + 1),
    frame("chat.text", { message_id: `a${from}`, role: "assistant", content: "Done." }, from + 2),
    frame("chat.run_complete", { run_id: `r${from}`, status: "completed", reason: "done" }, from + 3),
  ];
  await hear(...turn(1));
  expect(onRan).toHaveBeenCalledTimes(1);
  for (const it of turn(5)) await hear(it);
  expect(onRan).toHaveBeenCalledTimes(2);
  await hear(...turn(9));
  expect(onRan).toHaveBeenCalledTimes(3);
  act(() => root.unmount());
});
