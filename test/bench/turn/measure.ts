import { serverCpuMs, watchCpu } from "./cpu.ts";
import { quantile } from "./statistics.ts";
import type { Chat, Talk, Turn } from "./talk.ts";

/** More turns than this in one chat would compare long histories. */
const TURNS_PER_CHAT = 20;
/** Objects are opened this many at a time: opening is not what is measured. */
const OPENED_AT_ONCE = 10;

export type Cell = {
  turns: number;
  /** Turns with which the chats were warmed up. */
  uncounted: number;
  turnsPerSecond: number;
  firstP50Ms: number;
  firstP95Ms: number;
  turnP50Ms: number;
  framesPerTurn: number;
  bytesPerTurn: number;
  /** Processor time of the whole server; null where it can't be had. */
  serverMsPerTurn: number | null;
  stealPercent: number | null;
  marks: Record<string, number>;
};

/**
 * Closed-loop load: each session sends its next message when its turn has ended, until the time is over. Chats are
 * new; opening them and the first turn in each are done before the clock runs.
 * @param forMs every session makes at least one turn, however long that takes
 */
export async function measure(talk: Talk, sessions: number, forMs: number): Promise<Cell> {
  const steal = watchCpu();
  const turns: Turn[] = [];
  let uncounted = 0;
  let elapsedMs = 0;
  let serverMs: number | null = 0;
  while (elapsedMs < forMs) {
    const chats = await openAll(talk, sessions);
    await Promise.all(chats.map((chat) => chat.say("Hello.")));
    uncounted += chats.length;
    const serverAt = serverCpuMs();
    const startedAt = performance.now();
    const until = startedAt + forMs - elapsedMs;
    turns.push(...(await Promise.all(chats.map((chat) => converse(chat, until)))).flat());
    elapsedMs += performance.now() - startedAt;
    serverMs = serverAt === null || serverMs === null ? null : serverMs + serverCpuMs()! - serverAt;
    for (const chat of chats) chat.close();
  }
  const first = turns.map(({ firstMs }) => firstMs);
  const mean = (of: (turn: Turn) => number) => turns.reduce((sum, it) => sum + of(it), 0) / turns.length;
  return {
    turns: turns.length,
    uncounted,
    turnsPerSecond: turns.length / (elapsedMs / 1_000),
    firstP50Ms: quantile(first, 0.5),
    firstP95Ms: quantile(first, 0.95),
    turnP50Ms: quantile(
      turns.map(({ turnMs }) => turnMs),
      0.5,
    ),
    framesPerTurn: mean((turn) => turn.frames),
    bytesPerTurn: mean((turn) => turn.bytes),
    serverMsPerTurn: serverMs && serverMs / turns.length,
    stealPercent: steal()?.stealPercent ?? null,
    marks: marksOf(turns),
  };
}

async function openAll(talk: Talk, sessions: number): Promise<Chat[]> {
  const chats: Chat[] = [];
  while (chats.length < sessions) {
    const some = Math.min(OPENED_AT_ONCE, sessions - chats.length);
    chats.push(...(await Promise.all(Array.from({ length: some }, () => talk.open()))));
  }
  return chats;
}

async function converse(chat: Chat, until: number): Promise<Turn[]> {
  const turns: Turn[] = [];
  do turns.push(await chat.say(`Message ${turns.length + 1}: tell me more.`));
  while (turns.length < TURNS_PER_CHAT && performance.now() < until);
  return turns;
}

/** The median time of each moment of a turn. */
function marksOf(turns: readonly Turn[]): Record<string, number> {
  const names = new Set(turns.flatMap(({ marks }) => Object.keys(marks)));
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      quantile(
        turns.flatMap(({ marks }) => marks[name] ?? []),
        0.5,
      ),
    ]),
  );
}
