import { LIMITS } from "#base/limits";
import { findChat } from "#chats/find-chat";
import { scopeOf } from "#enterprises/scope";
import type { AppFiles } from "#protocol/app-file/app-files";
import { replayTurn } from "#runtime/replay";
import { cappedMeter } from "#runtime/replay/capped-meter";
import { interruptedTurn } from "#runtime/replay/compare-turn";
import { type Conversation, type RecordedTurn, recordedTurns } from "#runtime/replay/conversation";
import { uploadFileKey } from "#workflows/file-key";
import { loadForChats } from "#workflows/load-version";
import { chatSessionFor } from "../chat-session/chat-session-for.ts";
import type { Deps } from "../compose.ts";
import { foundryMeter } from "../publish/foundry-meter.ts";
import { secretsOfRun } from "../secrets-of-run.ts";
import type { ChatRow, ReplayRow, ReplayStore, TurnRow } from "./replay-store.ts";

/** A conversation that is being replayed, read once a wake. */
export type Held = { replay_id: string; n: number; turns: RecordedTurn[]; before: AppFiles };

/** One step of a replay: a chat is read, or one turn of it is replayed, or there is nothing left to do. */
export async function replayStep(
  row: ReplayRow,
  store: ReplayStore,
  held: Held | null,
  deps: Deps,
  signal: AbortSignal,
): Promise<Held | null> {
  const { replay_id } = row;
  const chat = store.nextChat(replay_id);
  if (!chat) {
    store.end(replay_id, "done");
    return null;
  }
  const isHeld = held?.replay_id === replay_id && held.n === chat.n;
  const read = isHeld ? held : await readChat(row, chat, store, deps);
  if (!read || signal.aborted) return null;
  if (chat.status === "waiting") {
    const ids = read.turns.map(({ said }) => said.message_id);
    if (ids.length > 0) store.openChat(replay_id, chat.n, ids);
    else store.endChat(replay_id, chat.n, "empty");
    return read;
  }
  const next = store.nextTurn(replay_id, chat.n);
  if (next) await replayOne(row, chat, next, read, store, deps, signal);
  else store.endChat(replay_id, chat.n);
  return read;
}

/** The conversation from its own object; null: it can't be had, and the chat is skipped. */
async function readChat(
  { replay_id, enterprise_id }: ReplayRow,
  { n, chat_id }: ChatRow,
  store: ReplayStore,
  deps: Deps,
): Promise<Held | null> {
  const scope = scopeOf(enterprise_id);
  if (store.tryChat(replay_id, n) > LIMITS.runMaxAttempts + LIMITS.replayMaxTurns) {
    store.endChat(replay_id, n, "unavailable");
    return null;
  }
  // The index first: an object that was deleted must not come into being again.
  const known = await findChat(deps.db, scope, chat_id);
  const text = known && (await chatSessionFor(deps.env, enterprise_id, chat_id).conversation(enterprise_id));
  if (!text) {
    store.endChat(replay_id, n, "gone");
    return null;
  }
  const conversation = JSON.parse(text) as Conversation;
  const before = await loadForChats(deps.files, deps.versions, scope, conversation.version);
  return { replay_id, n, turns: recordedTurns(conversation), before };
}

async function replayOne(
  row: ReplayRow,
  chat: ChatRow,
  next: TurnRow,
  held: Held,
  store: ReplayStore,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  const { replay_id, enterprise_id } = row;
  const turn = held.turns.find(({ said }) => said.message_id === next.message_id);
  if (!turn) return store.dropTurn(replay_id, next);
  const files = { before: held.before, after: JSON.parse(store.files(replay_id)) as AppFiles };
  if (store.tryTurn(replay_id, next) > LIMITS.runMaxAttempts)
    return store.saveTurn(replay_id, next, interruptedTurn(turn, files));
  const { resolveModel, modelFetch, random, clock, newId, wait, env } = deps;
  const scope = scopeOf(enterprise_id);
  const meter = cappedMeter(await foundryMeter(env), LIMITS.replayMaxNano, row.cost_nano);
  const result = await replayTurn(turn, files, {
    ...{ resolveModel, modelFetch, random, clock, newId, wait, signal, meter },
    chat_id: replay_id,
    attached: (id) => readAttachment(deps, enterprise_id, chat.chat_id, id),
    // The owner's own models are asked with it; no tool of a replay gets as far as to ask for one.
    secret: secretsOfRun(deps, scope),
  });
  if (signal.aborted) return;
  store.addCost(row, BigInt(result.usage.after.cost_nano));
  if (result.error !== "BUDGET_EXCEEDED") store.saveTurn(replay_id, next, result);
  if (meter.isSpent()) store.end(replay_id, "stopped");
}

async function readAttachment(
  { env }: Deps,
  enterpriseId: string,
  chatId: string,
  id: string,
): Promise<Uint8Array | null> {
  try {
    if (!(await chatSessionFor(env, enterpriseId, chatId).attachment(id))) return null;
    const object = await env.FILES.get(uploadFileKey(scopeOf(enterpriseId), chatId, id));
    return object && new Uint8Array(await object.arrayBuffer());
  } catch {
    return null;
  }
}
