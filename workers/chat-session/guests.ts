import type { Allowance } from "./allowance.ts";
import type { SessionOpen } from "./session-open.ts";

/** What a socket carries through hibernation. */
export type Seat = {
  user_id: string;
  /** The session it was opened with, to be closed with it. */
  session_id?: string;
  /** The API key that signed them in, likewise. */
  key_id?: string;
  /** The app's own domain that it was opened at, likewise. */
  host?: string;
  sees: SessionOpen["sees"];
  since: number;
  /** Of the app's team, in somebody else's chat. */
  operator?: true;
  /** It was told that it lacks frames, and gets no live ones until it has asked for them. */
  behind?: boolean;
  /** What a wake begins with: never more than the socket really has. */
  allowance?: Allowance;
};

/** One socket of a chat. Its seat is read from it once a wake, and written to it with each change. */
export class Guest {
  /** As long as the object lives; on the socket stands less of it, so that it need not be written for each frame. */
  allowance: Allowance | undefined;
  private seat: Seat | null;

  constructor(readonly socket: WebSocket) {
    this.seat = socket.deserializeAttachment() as Seat | null;
    this.allowance = this.seat?.allowance;
  }

  /** Null for whoever was never seated. */
  get state(): Seat | null {
    return this.seat;
  }

  setState(seat: Seat): void {
    this.seat = seat;
    this.socket.serializeAttachment(seat);
  }

  get bufferedAmount(): number | undefined {
    return (this.socket as { bufferedAmount?: number }).bufferedAmount;
  }

  send(text: string): void {
    this.socket.send(text);
  }

  close(code: number, reason: string): void {
    this.socket.close(code, reason);
  }
}

/**
 * A chat's sockets, on the platform's own hibernation: what arrives on one is handed straight to the chat, for a message
 * costs less than the layers it would otherwise pass.
 */
export class Guests {
  private readonly known = new WeakMap<WebSocket, Guest>();

  constructor(private readonly ctx: DurableObjectState) {}

  /** A new socket that is accepted and has no seat yet. @returns it, and the client's end of it */
  accept(): { guest: Guest; client: WebSocket } {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    return { guest: this.of(server), client };
  }

  of(socket: WebSocket): Guest {
    let guest = this.known.get(socket);
    if (!guest) {
      guest = new Guest(socket);
      this.known.set(socket, guest);
    }
    return guest;
  }

  /** Those whose sockets are open. */
  *all(): Generator<Guest> {
    for (const socket of this.ctx.getWebSockets())
      if (socket.readyState === WebSocket.OPEN) yield this.of(socket);
  }

  /** When the platform last answered a ping of this one; 0 for never. Milliseconds. */
  pingedAt(guest: Guest): number {
    return this.ctx.getWebSocketAutoResponseTimestamp(guest.socket)?.getTime() ?? 0;
  }
}

/** Codes that stand for no close frame, and can't be sent in one. */
const NO_FRAME: ReadonlySet<number> = new Set([1005, 1006, 1015]);

/** The other half of a close that the client began. */
export function closeToo(socket: WebSocket, code: number, reason: string): void {
  if (NO_FRAME.has(code)) return;
  try {
    socket.close(code, reason);
  } catch {
    // It is gone already.
  }
}
