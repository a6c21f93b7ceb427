import { DurableObject } from "cloudflare:workers";
import { Agent, type Connection as AgentConnection } from "agents";
import { type Connection, Server } from "partyserver";

/** What a Durable Object's socket can do at most: says back what it hears, keeps nothing. */
export class RawEcho extends DurableObject {
  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    socket.send(message);
  }
}

/** The same by the peers' own classes. */
export class AgentEcho extends Agent {
  override onMessage(connection: AgentConnection, message: string | ArrayBuffer): void {
    connection.send(message as string);
  }
}

/** Asked to count, it says numbers to everybody who is there, as a room that knows no log would. */
export class PartyEcho extends Server {
  static override options = { hibernate: true };

  override async onMessage(connection: Connection, message: string | ArrayBuffer): Promise<void> {
    const asked = /^count (\d+) every (\d+)$/.exec(String(message));
    if (!asked) return connection.send(message);
    for (let n = 0; n < Number(asked[1]); n++) {
      this.broadcast(JSON.stringify({ n }));
      await scheduler.wait(Number(asked[2]));
    }
    this.broadcast(JSON.stringify({ over: true }));
  }
}
