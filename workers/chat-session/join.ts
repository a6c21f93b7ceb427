import type { DownData } from "#protocol/frames/down";
import { MESSAGES } from "./log.ts";
import type { Guest, Room } from "./room.ts";
import { push, SEES_NOTHING, tell } from "./room.ts";
import type { SessionOpen } from "./session-open.ts";
import { visibleTo } from "./visible-to.ts";

/** More rows than this in one replay would hold up the object; the client asks for the rest. */
const REPLAY_ROWS = 5_000;

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

/** The log's rows beyond `after`, then the boundary: what comes later is live. No await in between, so no gap. */
export function resume(room: Room, guest: Guest, after: number): void {
  const frames = room.log.read(after, REPLAY_ROWS);
  const sees = guest.state?.sees ?? SEES_NOTHING;
  for (const frame of frames) {
    const seen = visibleTo(frame, sees);
    if (seen) push(guest, JSON.stringify(seen));
  }
  const replayed = frames.filter(({ type }) => MESSAGES.has(type)).length;
  const total = room.log.countMessages();
  const whole = frames.length < REPLAY_ROWS;
  tell(room, guest, "chat.resume_boundary", {
    chat_id: room.store.meta<SessionOpen>("open")?.chat_id ?? "",
    message_count: replayed,
    total_messages: total,
    replayed_messages: replayed,
    last_seq: whole ? room.log.lastSeq : (frames.at(-1)?.seq ?? after),
    ...(whole ? {} : { gap: true }),
  });
}
