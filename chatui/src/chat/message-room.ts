import { MAX_FRAME_BYTES, MAX_TEXT_LENGTH } from "#protocol/frames/limits";

/** What a message's frame takes beside its text: the field names and two ids of up to 128 letters. */
const ENVELOPE_BYTES = 512;
/** From here on the person is told how much is left. */
const NEAR_SHARE = 0.9;

/** `near`: so many characters are left; `over`: so many are too many. Of text in many bytes, about so many. */
export type MessageRoom = { state: "fine" } | { state: "near" | "over"; characters: number };

/** How much of what the server takes in one message a text uses: it bounds the letters and the frame's bytes. */
export function messageRoom(text: string): MessageRoom {
  const { length } = text.trim();
  const bytes = bytesOf(text.trim());
  const most = MAX_FRAME_BYTES - ENVELOPE_BYTES;
  const left = Math.min(MAX_TEXT_LENGTH - length, Math.floor(((most - bytes) / bytes) * length));
  if (left < 0) return { state: "over", characters: -left };
  if (length < MAX_TEXT_LENGTH * NEAR_SHARE && bytes < most * NEAR_SHARE) return { state: "fine" };
  return { state: "near", characters: left };
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).byteLength;
}
