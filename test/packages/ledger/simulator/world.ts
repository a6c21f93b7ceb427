import { NOON } from "../ledger-under-test.ts";
import type { Life } from "./life.ts";
import { seeded } from "./random.ts";

type Event = { at: number; tie: number; what: string; work: () => void; life: Life | null };

export type World = ReturnType<typeof makeWorld>;

/** Time that passes only from event to event. What happens at the same moment happens in an order of the seed's. */
export function makeWorld(seed: number) {
  const random = seeded(seed);
  const queue: Event[] = [];
  const broken: unknown[] = [];
  let now = NOON;
  let hash = 0x811c9dc5;
  let events = 0;

  /** Becomes part of the trace: two runs of a seed are the same if their hashes are. */
  function note(text: string): void {
    for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
    hash = Math.imul(hash ^ 10, 0x01000193);
  }

  function after(ms: number, what: string, work: () => void, life: Life | null = null): void {
    queue.push({ at: now + ms, tie: random.int(1_000_000), what, work, life });
  }

  function soonest(): Event | undefined {
    let first = 0;
    for (let n = 1; n < queue.length; n++) {
      const [a, b] = [queue[n]!, queue[first]!];
      if (a.at < b.at || (a.at === b.at && a.tie < b.tie)) first = n;
    }
    return queue.splice(first, 1)[0];
  }

  return {
    random,
    note,
    after,
    now: () => now,
    hash: () => (hash >>> 0).toString(16).padStart(8, "0"),
    events: () => events,
    /** Never comes back to a process that has died meanwhile. */
    sleep: (ms: number, life: Life) => new Promise<void>((resolve) => after(ms, "woke", resolve, life)),
    /** A promise of a process: what it throws as it dies is nobody's business, anything else is a fault. */
    watch(work: Promise<unknown>, life: Life): void {
      work.catch((cause) => {
        if (life.alive) broken.push(cause);
      });
    },
    /** Lets everything happen up to a moment; `look` sees the world before and after each event. */
    async until(end: number, look: { before: (ms: number) => void; after: (what: string) => void }) {
      while (queue.some((event) => event.at <= end)) {
        const event = soonest()!;
        look.before(event.at - now);
        now = event.at;
        if (event.life && !event.life.alive) continue;
        events++;
        note(`${now} ${event.what}`);
        event.work();
        // All that follows without waiting for another event.
        await new Promise((resolve) => setImmediate(resolve));
        if (broken.length > 0) throw broken[0];
        look.after(event.what);
      }
      look.before(Math.max(0, end - now));
      now = Math.max(now, end);
    },
  };
}
