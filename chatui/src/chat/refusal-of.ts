import type { DownFrame } from "#protocol/frames/down";
import type { Refusal } from "./chat-state.ts";

/** Answers to a frame as such, which name no message when the frame could not be read. */
const ABOUT_A_FRAME = ["TOO_LARGE", "BAD_FRAME", "BAD_JSON", "RATE_LIMITED"];

/** Which message an error refuses: the one it names, or the one in flight (no id). Null: it is about no message. */
export function refusalOf(frame: DownFrame): { clientId?: string; refusal: Refusal } | null {
  if (frame.type !== "chat.error") return null;
  const { code, details, message, retryable } = frame.data;
  const refusal = { code, message, retryable };
  const named = details?.client_message_id;
  if (typeof named === "string") return { clientId: named, refusal };
  return frame.seq === undefined && ABOUT_A_FRAME.includes(code) ? { refusal } : null;
}
