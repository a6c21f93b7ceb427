import { LIMITS } from "#base/limits";
import type { DownData, DownFrame } from "#protocol/frames/down";
import { flowOf } from "./flow.ts";
import type { Guest } from "./guests.ts";
import { MESSAGES } from "./log.ts";
import type { Room } from "./room.ts";
import { boundary, fallBehind, letGo, push, SEES_NOTHING, tell } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { visibleTo } from "./visible-to.ts";

/** What a resume counts as beside the frames it brings. */
const QUESTION_BYTES = 1_024;

type Status = "idle" | "running" | "waiting";

/** The first frame of a connection: which chat this is, and how it stands. */
export function join(room: Room, guest: Guest, open: SessionOpen, status: Status): void {
  tell(room, guest, "chat_meta", metaOf(room, open, status));
}

export function metaOf(room: Room, open: SessionOpen, status: Status): DownData<"chat_meta"> {
  return {
    chat_id: open.chat_id,
    workflow_name: open.workflow,
    app_id: open.enterprise_id,
    enterprise_id: open.enterprise_id,
    user_id: open.user_id,
    chat_exists: room.log.lastSeq >= 0,
    status,
    last_seq: room.log.lastSeq,
    workflow_version: open.version,
    ...(open.branding ? { branding: open.branding } : {}),
  };
}

/**
 * The log's rows beyond `after`, up to a window of bytes, then the boundary. If that is all, what comes later is live:
 * no await in between, so no gap. If not, the client asks again when it has read this much (`gap`), and until then
 * gets no live frames, whose numbers would hide what it lacks.
 */
export function resume(room: Room, guest: Guest, after: number): void {
  if (!room.replays.open()) {
    letGo(guest);
    return;
  }
  // If it asks without reading, the answer that waits for it already says what to do.
  const reads = flowOf(guest.bufferedAmount, false) === "send";
  const { whole, last, messages } = reads
    ? replay(room, guest, after)
    : { whole: false, last: after, messages: 0 };
  if (!whole) {
    fallBehind(room, guest, last, messages);
    return;
  }
  if (guest.state?.behind) guest.setState({ ...guest.state, behind: false });
  tell(room, guest, "chat.resume_boundary", boundary(room, room.log.lastSeq, messages));
}

/** Sends rows until there are no more, or a window is full. @returns the last one's number, and how many are messages */
function replay(room: Room, guest: Guest, after: number): { whole: boolean; last: number; messages: number } {
  const sees = guest.state?.sees ?? SEES_NOTHING;
  // Also a question that has nothing to be answered costs something.
  let bytes = QUESTION_BYTES;
  let messages = 0;
  let last = after;
  let whole = true;
  const rows = after < room.log.lastSeq ? room.log.rows(after) : [];
  for (const { seq, text } of rows) {
    if (bytes > LIMITS.replayWindowBytes) {
      whole = false;
      break;
    }
    const frame = JSON.parse(text) as DownFrame;
    const seen = visibleTo(frame, sees);
    const sent = seen === frame ? text : JSON.stringify(seen);
    if (seen) push(guest, sent);
    // One byte a letter, or a few: near enough for a limit.
    bytes += sent.length;
    if (MESSAGES.has(frame.type)) messages += 1;
    last = seq;
  }
  room.replays.take(bytes);
  return { whole, last, messages };
}
