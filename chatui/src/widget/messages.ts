/** Version of what a host page's script and the frame say to each other; anything else is not heard. */
export const VERSION = 1;

/** What the host page's script says to the frame. */
export type ToFrame =
  /** Who holds the frame; `identity`: a signed visitor is about to be named. */
  | { type: "hello"; identity: boolean }
  | { type: "open" | "close" | "logout" }
  /** The visitor as the host site's server signed them; "" where that failed. */
  | { type: "identify"; token: string };

/** What the frame says to the host page's script. Nothing of it is secret, and no text unless the app's owner says so. */
export type ToHost =
  | { type: "ready" | "close" | "logout" }
  | { type: "identify"; ok: boolean }
  | { type: "unread"; count: number }
  | { type: "message"; from: "visitor" | "app"; text?: string };

/** A message of ours, whatever it holds; null for those of others. */
export function messageOf(data: unknown): { type: string; [field: string]: unknown } | null {
  const it = data as { mozaiks?: unknown; type?: unknown } | null;
  return it?.mozaiks === VERSION && typeof it.type === "string" ? (it as { type: string }) : null;
}

export const inEnvelope = (message: ToFrame | ToHost) => ({ mozaiks: VERSION, ...message });
