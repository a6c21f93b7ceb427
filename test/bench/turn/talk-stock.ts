import type { UIMessage, UIMessageChunk } from "ai";
import { replyTo } from "./reply.ts";
import { assertReply, exchange, openSocket, type Talk } from "./talk.ts";

type StockFrame = { type: string; id?: string; body?: string; done?: boolean; error?: boolean };

/**
 * Speaks an AIChatAgent's own protocol as its `useAgentChat` does: every request carries the whole conversation.
 * @param agent name of the agent in its address, e.g. `stock-agent`
 * @param before what was said before, in the agent and at its client
 */
export function talkToStock(origin: string, agent: string, name: string, before: UIMessage[] = []): Talk {
  return {
    name,
    async open() {
      const url = `${origin}/ws/peers/${agent}/${crypto.randomUUID()}`;
      if (before.length > 0) await fetch(url, { method: "POST", body: JSON.stringify(before) });
      const socket = await openSocket(url, [], (frame) => frame.type === "cf_agent_identity");
      const messages: UIMessage[] = [...before];
      return {
        async say(text) {
          messages.push({ id: crypto.randomUUID(), role: "user", parts: [{ type: "text", text }] });
          const id = crypto.randomUUID();
          const request = {
            type: "cf_agent_use_chat_request",
            id,
            init: { method: "POST", body: JSON.stringify({ messages, trigger: "submit-message" }) },
          };
          let answerId = "";
          let got = "";
          const turn = await exchange(socket, JSON.stringify(request), (frame: StockFrame) => {
            if (frame.type !== "cf_agent_use_chat_response" || frame.id !== id) return null;
            if (frame.error) throw new Error(`the stock agent failed: ${frame.body}`);
            if (frame.done) return "end";
            const chunk = JSON.parse(frame.body ?? "{}") as UIMessageChunk;
            if (chunk.type === "start") answerId = chunk.messageId ?? "";
            if (chunk.type !== "text-delta") return null;
            got += chunk.delta;
            return "first";
          });
          assertReply(got, replyTo(text));
          messages.push({
            id: answerId,
            role: "assistant",
            parts: [{ type: "text", text: got, state: "done" }],
          });
          return turn;
        },
        close: () => socket.close(),
      };
    },
  };
}
