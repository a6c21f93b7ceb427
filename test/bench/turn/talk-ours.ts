import type { DownFrame } from "#protocol/frames/down";
import type { BenchApp } from "./bench-app.ts";
import { replyTo } from "./reply.ts";
import { assertReply, exchange, openSocket, type Talk } from "./talk.ts";

/**
 * Speaks our protocol through the real gateway, with a chat token, each time in a chat of its own.
 * @param appOf the app of the next chat
 */
export function talkToOurs(appOf: () => BenchApp | Promise<BenchApp>): Talk {
  return {
    name: "ours: the whole turn",
    async open() {
      const app = await appOf();
      const chatId = crypto.randomUUID();
      const url = app.socketUrl.replace("{chat_id}", chatId).replace("{user_id}", app.userId);
      const encoded = Buffer.from(app.chatToken).toString("base64url");
      const socket = await openSocket(
        url,
        ["mozaiks.bearer.v1", encoded],
        (frame) => frame.type === "chat.resume_boundary",
      );
      return {
        say(text) {
          const data = { chat_id: chatId, text, client_message_id: crypto.randomUUID() };
          return exchange(socket, JSON.stringify({ type: "user.input.submit", data }), (frame: DownFrame) =>
            markOf(frame, replyTo(text)),
          );
        },
        close: () => socket.close(),
      };
    },
  };
}

function markOf(frame: DownFrame, reply: string): string | null {
  switch (frame.type) {
    case "chat.input_ack":
      return "ack";
    case "chat.run_start":
      return "run_start";
    case "chat.stream_chunk":
      return "first";
    case "chat.stream_end":
      assertReply(frame.data.content, reply);
      return "stream_end";
    case "chat.usage_delta":
      return "usage";
    case "chat.run_complete":
      if (frame.data.status !== "completed") throw new Error(`our run ended ${frame.data.status}`);
      return "end";
    case "chat.error":
      throw new Error(`our turn failed: ${frame.data.code} ${frame.data.message}`);
    default:
      return null;
  }
}
