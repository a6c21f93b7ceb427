import { LIMITS } from "#base/limits";
import { countTaken, type TooSoon, tooSoon, type UnderWork } from "./app-limits.ts";
import { emit, type Room } from "./room.ts";

export type Submitted =
  | { ok: true; message_id: string; repeated: boolean }
  | { ok: false; code: "RATE_LIMITED" | "NOT_FOUND"; details?: TooSoon["details"] }
  | UnderWork;

/**
 * Puts a person's message into the log and the queue of turns. The same `client_message_id` twice is one
 * message, with the first one's id. Refused when too many wait already or came within a minute, or when an
 * attachment is none of this chat, or while the app is worked on.
 */
export function submit(
  room: Room,
  input: {
    text: string;
    client_message_id?: string;
    attachments?: string[];
    context?: Record<string, unknown>;
  },
): Submitted {
  const known = room.store.knownInput(input.client_message_id);
  if (known) return { ok: true, message_id: known, repeated: true };
  if (room.store.waitingInputs() >= LIMITS.queuedInputsPerChat) return { ok: false, code: "RATE_LIMITED" };
  const refused = tooSoon(room);
  if (refused) return refused;
  const messageId = room.newId("msg");
  const attachments = room.attachments.take(input.attachments ?? [], messageId);
  if (attachments === null) return { ok: false, code: "NOT_FOUND" };
  countTaken(room);
  room.store.addInput(messageId, input.client_message_id, input.text, {
    attachments,
    context: input.context,
  });
  emit(room, "chat.text", {
    message_id: messageId,
    role: "user",
    content: input.text,
    index: room.log.countMessages(),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(input.client_message_id ? { client_message_id: input.client_message_id } : {}),
  });
  return { ok: true, message_id: messageId, repeated: false };
}
