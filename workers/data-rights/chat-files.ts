import { isoTime } from "#base/clock";
import { chatsOfPerson } from "#chats/chats-of-person";
import type { ChatRow } from "#chats/tables";
import type { Scope } from "#enterprises/scope";
import type { EnterpriseRow } from "#enterprises/tables";
import type { DownFrame } from "#protocol/frames/down";
import { uploadsPrefix } from "#workflows/file-key";
import type { ZipFile } from "#workflows/zip/stream-zip";
import type { SessionOpen } from "../chat-session/session-open.ts";
import type { Deps } from "../compose.ts";
import { readLog } from "../gateway/read-log.ts";
import { linesOf } from "./zip-files.ts";

const CHATS_AT_ONCE = 50;
const FRAMES_AT_ONCE = 100;

type App = { scope: Scope; enterprise: EnterpriseRow };

/**
 * Chats of a person (null: of everybody) as they saw them: a line a chat with its frames, and what was sent with messages, named as
 * the frames name it.
 */
export async function* chatFiles(deps: Deps, app: App, userId: string | null): AsyncGenerator<ZipFile> {
  const chats = () => allChats(deps, app.scope, userId);
  yield* linesOf("chats", async function* () {
    for await (const chat of chats()) yield { ...about(chat), frames: await framesOf(deps, app, chat) };
  });
  for await (const chat of chats()) yield* attachmentsOf(deps, app.scope, chat.chatId);
}

async function* allChats(deps: Deps, scope: Scope, userId: string | null): AsyncGenerator<ChatRow> {
  for (let after = ""; ; ) {
    const page = await chatsOfPerson(deps.db, scope, userId, { after, limit: CHATS_AT_ONCE });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < CHATS_AT_ONCE) return;
    after = last.chatId;
  }
}

const about = (chat: ChatRow) => ({
  chat_id: chat.chatId,
  user_id: chat.userId,
  workflow: chat.workflow,
  version: chat.version,
  title: chat.title,
  created_at: isoTime(chat.createdAt),
  last_activity_at: isoTime(chat.lastActivityAt),
});

async function framesOf({ env }: Deps, { scope, enterprise }: App, chat: ChatRow): Promise<DownFrame[]> {
  const open: SessionOpen = {
    enterprise_id: scope.enterprise_id,
    chat_id: chat.chatId,
    user_id: chat.userId,
    user_name: "",
    workflow: chat.workflow,
    version: chat.version,
    sees: { cost: enterprise.showCost, balance: false },
    payer: scope.enterprise_id,
  };
  const frames: DownFrame[] = [];
  for (let cursor: string | null = "-1"; cursor !== null; ) {
    const page: Awaited<ReturnType<typeof readLog>> = await readLog(
      env,
      open,
      Number(cursor),
      FRAMES_AT_ONCE,
    );
    frames.push(...page.items);
    cursor = page.next_cursor;
  }
  return frames;
}

async function* attachmentsOf({ env }: Deps, scope: Scope, chatId: string): AsyncGenerator<ZipFile> {
  const prefix = uploadsPrefix(scope, chatId);
  for (let cursor: string | undefined; ; ) {
    const listed: R2Objects = await env.FILES.list({ prefix, ...(cursor && { cursor }) });
    for (const { key } of listed.objects) {
      const bytes = await (await env.FILES.get(key))?.arrayBuffer();
      if (bytes)
        yield { path: `attachments/${chatId}/${key.slice(prefix.length)}`, bytes: new Uint8Array(bytes) };
    }
    if (!listed.truncated) return;
    cursor = listed.cursor;
  }
}
