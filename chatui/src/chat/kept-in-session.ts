import type { Kept, OutgoingMessage } from "./outbox.ts";

/** Unsent messages of one chat, kept by this browser tab until it closes. Without storage they live with the page. */
export function keptInSession(storage: () => Storage, chat: string): Kept {
  const key = `unsent:${chat}`;
  return {
    load() {
      try {
        const kept: unknown = JSON.parse(storage().getItem(key) ?? "[]");
        return Array.isArray(kept) ? kept.filter(isMessage) : [];
      } catch {
        return [];
      }
    },
    save(messages) {
      try {
        if (messages.length === 0) storage().removeItem(key);
        else storage().setItem(key, JSON.stringify(messages));
      } catch {
        // Full or forbidden: they are still sent, as long as the page lives.
      }
    },
  };
}

/** Whatever else may have written there. */
function isMessage(it: unknown): it is OutgoingMessage {
  if (typeof it !== "object" || it === null) return false;
  const { clientId, text, edits } = it as Record<string, unknown>;
  const named = edits === undefined || typeof edits === "string";
  return typeof clientId === "string" && typeof text === "string" && named;
}
