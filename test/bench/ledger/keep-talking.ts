import { setTimeout as wait } from "node:timers/promises";
import type { Usage } from "#protocol/api/usage";
import { type BenchApp, endUsersInTurn, makeBenchApp } from "../turn/bench-app.ts";
import { quantile } from "../turn/statistics.ts";
import type { Chat, Talk } from "../turn/talk.ts";
import { talkToOurs } from "../turn/talk-ours.ts";

/** Counters that a frame always shows, among which a turn is told from the others. */
const WORKFLOWS = 10;
const OPENED_AT_ONCE = 10;
/** How long what was said at the end of a round may take to be told. */
const PATIENCE_MS = 5_000;

/** A turn has ended at its client, when so many of its workflow had begun: a counter that has all of these has it. */
type Ended = { at: number; begun: number };
export type Staleness = { turns: number; unseen: number; p50Ms: number; p95Ms: number; p99Ms: number };

/** Chats that talk through the whole platform, each once in `everyMs`, until they are stopped. */
export async function keepTalking(origin: string, chats: number, everyMs: number) {
  const app = await makeBenchApp(origin);
  const names = Array.from({ length: WORKFLOWS }, (_, n) => `talk-${n}`);
  const nextUser = endUsersInTurn(app);
  const talks: Talk[] = [];
  for (const name of names) {
    await app.addWorkflow(name);
    const own = ({ socketUrl, ...it }: BenchApp) => ({
      ...it,
      socketUrl: socketUrl.replace("/ws/bench/", `/ws/${name}/`),
    });
    talks.push(talkToOurs(async () => own(await nextUser())));
  }
  const begun = new Map(names.map((name) => [name, 0]));
  let ended: Map<string, Ended[]> | null = null;
  let over = false;

  async function converse(chat: Chat, name: string): Promise<void> {
    await wait(Math.random() * everyMs);
    while (!over) {
      const from = performance.now();
      begun.set(name, begun.get(name)! + 1);
      await chat.say("Tell me more.");
      ended?.get(name)?.push({ at: performance.now(), begun: begun.get(name)! });
      await wait(Math.max(0, everyMs - (performance.now() - from)));
    }
    chat.close();
  }

  const opened: [Chat, string][] = [];
  while (opened.length < chats) {
    const from = opened.length;
    const some = Array.from({ length: OPENED_AT_ONCE }, async (_, n): Promise<[Chat, string]> => {
      const name = names[(from + n) % WORKFLOWS]!;
      const chat = await talks[(from + n) % WORKFLOWS]!.open();
      begun.set(name, begun.get(name)! + 1);
      // The first turn of a chat reads the app's files: that is not what is measured.
      await chat.say("Hello.");
      return [chat, name];
    });
    opened.push(...(await Promise.all(some)));
  }
  const loops = Promise.all(opened.map(([chat, name]) => converse(chat, name)));
  await wait(everyMs);

  return {
    app,
    readUsage: app.readUsage,
    /** Times how long each turn that ends takes to be told to each owner. */
    listen() {
      const turns = new Map<string, Ended[]>(names.map((name) => [name, []]));
      /** Of each owner and workflow: how many of the turns it was told. */
      const seen = new Map<string, number>();
      const staleMs: number[] = [];
      return {
        begin: () => {
          ended = turns;
        },
        told(owner: number, { by_workflow }: Usage, at: number): void {
          for (const { key, calls } of by_workflow) {
            const list = turns.get(key);
            if (!list) continue;
            let next = seen.get(`${owner} ${key}`) ?? 0;
            for (; next < list.length && list[next]!.begun <= calls; next++)
              staleMs.push(Math.max(0, at - list[next]!.at));
            seen.set(`${owner} ${key}`, next);
          }
        },
        async end(owners: number): Promise<Staleness> {
          ended = null;
          const count = [...turns.values()].reduce((sum, list) => sum + list.length, 0);
          const until = performance.now() + PATIENCE_MS;
          while (staleMs.length < count * owners && performance.now() < until) await wait(20);
          const [p50Ms, p95Ms, p99Ms] = [0.5, 0.95, 0.99].map((q) => quantile(staleMs, q));
          return {
            turns: count,
            unseen: count * owners - staleMs.length,
            p50Ms: p50Ms!,
            p95Ms: p95Ms!,
            p99Ms: p99Ms!,
          };
        },
      };
    },
    async stop(): Promise<void> {
      over = true;
      await loops;
    },
  };
}
