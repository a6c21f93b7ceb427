import { DurableObject } from "cloudflare:workers";
import type { FloorFrame } from "../talk-floor.ts";
import { benchModel } from "./bench-model.ts";
import { type SqlCount, startCounting, stopCounting } from "./count-sql.ts";

/** The least a Durable Object can do: a hibernating socket, and the model's pieces straight to it. Keeps nothing. */
export class Floor extends DurableObject {
  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override async webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): Promise<void> {
    const text = String(message);
    const send = (frame: FloorFrame) => socket.send(JSON.stringify(frame));
    const { stream } = await benchModel().doStream({
      prompt: [{ role: "user", content: [{ type: "text", text }] }],
    });
    for await (const part of stream) {
      if (part.type === "text-delta") send({ type: "piece", content: part.delta });
    }
    send({ type: "done" });
  }

  /** Any object can count for all, so this one does, after the measuring is over. */
  async count(start: boolean): Promise<SqlCount[]> {
    if (!start) return stopCounting();
    startCounting(this.ctx.storage.sql);
    return [];
  }
}
