import type { DownFrame } from "#protocol/frames/down";

/**
 * One socket message as a frame, or null for what this page can't use (a `pong`, not JSON, no data). The server
 * is our own origin and checks its frames against the same schemas, so only the envelope is looked at here:
 * a page that parsed every chunk would carry the schemas' whole library.
 */
export function readFrame(message: unknown): DownFrame | null {
  if (typeof message !== "string") return null;
  try {
    const frame = JSON.parse(message) as { type?: unknown; data?: unknown } | null;
    if (typeof frame?.type !== "string" || typeof frame.data !== "object" || frame.data === null) return null;
    return frame as DownFrame;
  } catch {
    return null;
  }
}
