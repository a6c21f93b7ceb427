import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import { flowOf } from "./flow.ts";
import { MESSAGES } from "./log.ts";
import type { Guest, Room } from "./room.ts";
import { fallBehind, letGo, push, SEES_NOTHING, tell } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { visibleTo } from "./visible-to.ts";

/** What a resume counts as beside the frames it brings. */
const QUESTION_BYTES = 1_024;

/** The first frame of a connection: which chat this is, and how it stands. */
export function join(
  room: Room,
  guest: Guest,
  open: SessionOpen,
  status: "idle" | "running" | "waiting",
): void {
  tell(room, guest, "chat_meta", {
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
  });
}

/**
 * The log's rows beyond `after`, up to a window of bytes, then the boundary. If that is all, what comes later is live:
 * no await in between, so no gap. If not, the client asks again when it has read this much (`gap`), and until then
 * gets no live frames, whose numbers would hide what it lacks.
 */
export function resume(room: Room, guest: Guest, after: number): void {
  if (!room.replays.open()) return letGo(guest);
  // It asks without reading: the answer that waits for it already says what to do.
  if (flowOf(guest.bufferedAmount, false) !== "send") return fallBehind(room, guest, after);
  const sees = guest.state?.sees ?? SEES_NOTHING;
  let bytes = 0;
  let replayed = 0;
  let last = after;
  for (const { seq, text } of room.log.rows(after)) {
    if (bytes > LIMITS.replayWindowBytes) {
      room.replays.take(bytes);
      return fallBehind(room, guest, last, replayed);
    }
    const frame = JSON.parse(text) as DownFrame;
    const seen = visibleTo(frame, sees);
    const sent = seen === frame ? text : JSON.stringify(seen);
    if (seen) push(guest, sent);
    // One byte a letter, or a few: near enough for a limit.
    bytes += sent.length;
    if (MESSAGES.has(frame.type)) replayed += 1;
    last = seq;
  }
  // Also a question that has nothing to be answered costs something.
  room.replays.take(bytes + QUESTION_BYTES);
  if (guest.state?.behind) guest.setState({ ...guest.state, behind: false });
  tell(room, guest, "chat.resume_boundary", {
    chat_id: room.store.meta<SessionOpen>("open")?.chat_id ?? "",
    message_count: replayed,
    total_messages: room.log.countMessages(),
    replayed_messages: replayed,
    last_seq: room.log.lastSeq,
  });
}
