import type { Asked } from "../asked.ts";
import type { BenchEnv } from "./index.ts";
import type { MeteredTurns } from "./metered-chat.ts";

/** What a chat did, and all of its turns, with the one that is not measured: the chat's first, which takes the lease. */
export type MeteredChatTurns = MeteredTurns & { all: number };

/** Turns of many chats at once. */
export async function meterTurns(
  env: BenchEnv,
  asked: Extract<Asked, { do: "turns" }>,
): Promise<{ elapsedMs: number; chats: MeteredChatTurns[] }> {
  const objects = Array.from({ length: asked.chats }, (_, n) =>
    env.METERED_CHAT.getByName(`${asked.enterprise}:${n}`),
  );
  const { way, enterprise, ms, turns = Number.MAX_SAFE_INTEGER } = asked;
  const first = { ms: Number.MAX_SAFE_INTEGER, turns: 1 };
  const begun = await Promise.all(objects.map((object) => object.turns(way, enterprise, first)));
  const startedAt = performance.now();
  const chats = await Promise.all(objects.map((object) => object.turns(way, enterprise, { ms, turns })));
  const elapsedMs = performance.now() - startedAt;
  await Promise.all(objects.map((object) => object.giveBack()));
  return { elapsedMs, chats: chats.map((chat, n) => ({ ...chat, all: chat.turns + begun[n]!.turns })) };
}
