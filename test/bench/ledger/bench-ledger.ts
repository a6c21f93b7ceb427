import { join } from "node:path";
import type { SelfCheck } from "#ledger/self-check";
import type { Usage } from "#protocol/api/usage";
import { runBenchWorker } from "../turn/bench-platform.ts";
import type { SqlCount } from "../turn/worker/count-sql.ts";
import type { Asked, Pairs } from "./asked.ts";
import type { MeteredChatTurns } from "./worker/meter-turns.ts";

export type Turns = { elapsedMs: number; chats: MeteredChatTurns[] };

type Answers = {
  credit: { ok: boolean };
  pairs: Pairs;
  turns: Turns;
  "balance-in-d1": { balance: number };
  usage: Usage;
  check: SelfCheck;
  size: number;
  fill: null;
  count: SqlCount[];
};

/** The platform with the ledger's peers in its Worker, and a way to ask them. */
export async function runBenchLedger() {
  const objects = { BARE_ROW: "BareRow", METERED_CHAT: "MeteredChat" };
  const platform = await runBenchWorker(join(import.meta.dirname, "worker/index.ts"), objects);
  async function act<A extends Asked>(asked: A): Promise<Answers[A["do"]]> {
    const answer = await fetch(`${platform.url}/ws/bench-ledger/`, {
      method: "POST",
      body: JSON.stringify(asked),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${asked.do}: ${answer.status} ${text}`);
    return text === "" || text === "undefined" ? (null as never) : JSON.parse(text);
  }
  return { url: platform.url, stop: platform.stop, act };
}

/** Enough for any number of calls, and a number that D1 can hold. */
export const PLENTY_NANO = "1000000000000000";
