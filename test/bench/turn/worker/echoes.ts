import { DurableObject } from "cloudflare:workers";
import { Agent, type Connection as AgentConnection } from "agents";
import { type Connection, Server } from "partyserver";
import { migrate } from "#workers/chat-session/schema";

/** What a Durable Object's socket can do at most: says back what it hears, keeps nothing. */
export class RawEcho extends DurableObject {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    answerPings(ctx);
  }

  /** Asked with `hello`, it says so first, as a chat does. */
  override async fetch(request: Request): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    if (new URL(request.url).searchParams.has("hello")) server.send('{"type":"hello"}');
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    socket.send(message);
  }
}

/** The same with a chat's tables: what the platform itself takes for a chat that does nothing. */
export class RawTables extends RawEcho {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    migrate(ctx.storage);
  }
}

/** A ping wakes none of them: the platform answers it, as it does for a chat. */
function answerPings(ctx: DurableObjectState): void {
  ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('{"type":"ping"}', '{"type":"pong"}'));
}

/** The same by the peers' own classes. */
export class AgentEcho extends Agent {
  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    answerPings(ctx);
  }

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
