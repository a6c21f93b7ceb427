import { inEnvelope, messageOf, type ToFrame, type ToHost } from "./messages.ts";

/** The longest token that the server takes. */
const MAX_TOKEN = 8 * 1024;

/**
 * Hears the page that holds this frame, if it is one of `hosts`, exactly; and nobody else: other origins, other windows
 * of that origin, frames in it. @returns what says something to that page, once it has been heard
 */
export function linkToHost(
  frame: Window,
  hosts: readonly string[],
  hear: (message: ToFrame) => void,
): (message: ToHost) => void {
  let host: string | null = null;
  frame.addEventListener("message", ({ source, origin, data }) => {
    if (frame.parent === frame || source !== frame.parent || !hosts.includes(origin)) return;
    const message = toFrame(data);
    if (message === null) return;
    host = origin;
    hear(message);
  });
  return (message) => {
    if (host !== null) frame.parent.postMessage(inEnvelope(message), host);
  };
}

/** A message that a host page may send; null for anything else. */
export function toFrame(data: unknown): ToFrame | null {
  const it = messageOf(data);
  switch (it?.type) {
    case "open":
    case "close":
    case "logout":
      return { type: it.type };
    case "hello":
      return { type: "hello", identity: it.identity === true };
    case "identify":
      return typeof it.token === "string" && it.token.length <= MAX_TOKEN
        ? { type: "identify", token: it.token }
        : null;
    default:
      return null;
  }
}
