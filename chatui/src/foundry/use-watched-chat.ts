import { useEffect, useState } from "react";
import type { DownFrame } from "#protocol/frames/down";
import { applyFrame } from "../chat/apply-frame.ts";
import { browserSocket } from "../chat/browser-socket.ts";
import { type ChatState, EMPTY_CHAT } from "../chat/chat-state.ts";
import { readFrame } from "../chat/read-frame.ts";
import { openSteadySocket, type SocketStatus } from "../chat/steady-socket.ts";

/** A chat of somebody else, as its log tells it. `frames`: those of the log but for pieces of text, oldest first. */
export type WatchedChat = {
  chat: ChatState;
  frames: readonly DownFrame[];
  /** Whoever of the team has it in hand; null while the agents do. */
  operator: { name: string; user_id: string | undefined } | null;
  status: SocketStatus;
};

const NOTHING: WatchedChat = {
  chat: EMPTY_CHAT,
  frames: [],
  operator: null,
  status: { state: "connecting" },
};

/** Looks on at a chat while the page shows it. It only tells: what a member does there goes by HTTP. */
export function useWatchedChat(enterpriseId: string, chatId: string): WatchedChat {
  const [watched, setWatched] = useState(NOTHING);
  useEffect(() => {
    let now = NOTHING;
    let due = false;
    // A log of a thousand rows comes in one go, and is drawn once.
    const show = () => {
      if (due) return;
      due = true;
      requestAnimationFrame(() => {
        due = false;
        setWatched(now);
      });
    };
    const path = [enterpriseId, chatId].map(encodeURIComponent).join("/");
    const socket = openSteadySocket({
      url: () => `${location.origin.replace(/^http/, "ws")}/ws/operator/${path}?after=${now.chat.lastSeq}`,
      onMessage(data) {
        const frame = readFrame(data);
        if (!frame) return;
        if (frame.type === "chat.resume_boundary" && frame.data.gap)
          socket.send({ type: "client.resume", data: { chat_id: chatId, last_seq: now.chat.lastSeq } });
        now = withFrame(now, frame);
        show();
      },
      onStatus(status) {
        now = { ...now, status };
        show();
      },
      deps: browserSocket,
    });
    setWatched(NOTHING);
    return () => socket.close();
  }, [enterpriseId, chatId]);
  return watched;
}

/** One more frame of the log. Rows it already has change nothing. */
function withFrame(before: WatchedChat, frame: DownFrame): WatchedChat {
  const isNew = frame.seq !== undefined && frame.seq > before.chat.lastSeq;
  const chat = applyFrame(before.chat, frame);
  if (!isNew || frame.type === "chat.stream_chunk") return { ...before, chat };
  const frames = [...before.frames, frame];
  if (frame.type === "chat.operator_joined")
    return {
      ...before,
      chat,
      frames,
      operator: { name: frame.data.operator, user_id: frame.data.operator_id },
    };
  if (frame.type === "chat.operator_left") return { ...before, chat, frames, operator: null };
  return { ...before, chat, frames };
}
