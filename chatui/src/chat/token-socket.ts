import type { SocketLike } from "./steady-socket.ts";

/** The first of the pair by which a browser shows a token: it can set no header, and an address stands in logs. */
const PROTOCOL = "mozaiks.bearer.v1";

/** Connects with a token, asked for each time: it may be short-lived. Without one the socket closes, and is tried again. */
export function connectWith(token: () => Promise<string | null>): (url: string) => SocketLike {
  return (url) => {
    let socket: WebSocket | null = null;
    let closed = false;
    const like: SocketLike = {
      readyState: WebSocket.CONNECTING,
      send: (data) => socket?.send(data),
      close(code) {
        closed = true;
        socket?.close(code);
      },
      onopen: null,
      onmessage: null,
      onclose: null,
    };
    const lost = (code: number, reason: string) => {
      like.readyState = WebSocket.CLOSED;
      like.onclose?.({ code, reason });
    };
    token().then(
      (bearer) => {
        if (closed) return;
        socket = new WebSocket(url, bearer === null ? [] : [PROTOCOL, base64url(bearer)]);
        socket.onopen = () => {
          like.readyState = WebSocket.OPEN;
          like.onopen?.();
        };
        socket.onmessage = ({ data }) => like.onmessage?.({ data });
        socket.onclose = ({ code, reason }) => lost(code, reason);
      },
      () => lost(1006, ""),
    );
    return like;
  };
}

function base64url(token: string): string {
  return btoa(token).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
