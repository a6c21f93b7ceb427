import { uiMessages } from "#chats/dialects/ui-messages";
import type { DownFrame } from "#protocol/frames/down";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { SessionOpen } from "../chat-session/session-open.ts";
import type { Env } from "../env.ts";

type Page = { items: DownFrame[]; next_cursor: string | null };

/** Rows of one look, and of one answer in a dialect. */
const PAGE = 100;
const MAX_ROWS = 5_000;

export async function readLog(env: Env, open: SessionOpen, after: number, limit: number): Promise<Page> {
  const session = chatSessionFor(env, open.enterprise_id, open.chat_id);
  return JSON.parse(await session.events(open, after, limit)) as Page;
}

/**
 * The history as `UIMessage[]`, up to the run that is going on: a stream brings that one whole. `next_cursor` where there
 * are more than fit.
 */
export async function readUiMessages(env: Env, open: SessionOpen, after: number) {
  const frames: DownFrame[] = [];
  let cursor: string | null = String(after);
  while (cursor !== null && frames.length < MAX_ROWS) {
    const page: Page = await readLog(env, open, Number(cursor), PAGE);
    frames.push(...page.items);
    cursor = page.next_cursor;
  }
  const ended = endedRuns(frames, cursor !== null);
  return {
    items: uiMessages(ended),
    next_cursor: cursor === null ? null : String(ended.at(-1)?.seq ?? cursor),
  };
}

/** Without the frames of a run that has not ended; of a part of the log, all up to the end of its last run. */
function endedRuns(frames: DownFrame[], partly: boolean): DownFrame[] {
  const end = frames.findLastIndex(({ type }) => type === "chat.run_complete");
  if (partly && end >= 0) return frames.slice(0, end + 1);
  const begun = frames.slice(end + 1).find(({ type }) => type === "chat.run_start");
  if (begun?.type !== "chat.run_start") return frames;
  const { run_id } = begun.data;
  let inside = false;
  return frames.filter((frame) => {
    if (frame.type === "chat.run_start") inside = frame.data.run_id === run_id;
    const out = inside && !(frame.type === "chat.text" && frame.data.role === "user");
    if (frame.type === "chat.run_complete") inside = false;
    return !out;
  });
}
