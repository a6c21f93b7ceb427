import { DurableObject } from "cloudflare:workers";
import { stepCountIs, streamText, tool } from "ai";
import * as z from "zod";
import type { FloorFrame } from "../talk-floor.ts";
import { benchModel } from "./bench-model.ts";

/** The AI SDK's own loop over tools, in a bare object: nothing of it survives its process. */
export class LoopObject extends DurableObject {
  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const { sql } = this.ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS notes (text TEXT)");
    const send = (frame: FloorFrame) => socket.send(JSON.stringify(frame));
    const { textStream } = streamText({
      model: benchModel(),
      prompt: String(message),
      stopWhen: stepCountIs(20),
      tools: {
        note: tool({
          description: "Notes a text.",
          inputSchema: z.object({ text: z.string() }),
          execute: async ({ text }) => {
            sql.exec("INSERT INTO notes (text) VALUES (?)", text);
            return { ok: true };
          },
        }),
        hand_off: tool({
          description: "Hands over.",
          inputSchema: z.object({}),
          execute: async () => ({ ok: true }),
        }),
      },
    });
    for await (const content of textStream) send({ type: "piece", content });
    send({ type: "done" });
  }
}
