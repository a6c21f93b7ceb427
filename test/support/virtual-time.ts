import { LIMITS } from "#base/limits";

/**
 * A clock that stands still until it is put forward. A short wait, such as that before a model is asked again, is over
 * at once and puts it forward itself; a long one, such as that for a model's next word, stands until `advance`.
 */
export function virtualTime() {
  let now = Date.UTC(2026, 10, 22);
  const standing = new Set<{ at: number; end: () => void }>();
  const waits: number[] = [];
  return {
    clock: { now: () => now },
    /** The short waits there were, in milliseconds. */
    waits,
    wait(ms: number, until: AbortSignal): Promise<void> {
      if (until.aborted) return Promise.resolve();
      if (ms < LIMITS.firstTokenTimeoutMs) {
        waits.push(ms);
        now += ms;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const one = { at: now + ms, end: resolve };
        standing.add(one);
        const over = () => {
          standing.delete(one);
          resolve();
        };
        until.addEventListener("abort", over, { once: true });
      });
    },
    advance(ms: number): void {
      now += ms;
      for (const one of [...standing]) {
        if (one.at > now) continue;
        standing.delete(one);
        one.end();
      }
    },
  };
}
