/**
 * Waits of seconds within a turn that is going on: for an answer that may not come, between two tries. What is due
 * later is a job or an alarm. A timer that is cleared costs less than `scheduler.wait` with a signal, which makes an
 * error each time.
 */

/** Comes back after so long, or when `until` is aborted. */
export function wait(ms: number, until: AbortSignal): Promise<void> {
  if (until.aborted) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(end, ms);
  until.addEventListener("abort", end);
  function end() {
    clearTimeout(timer);
    until.removeEventListener("abort", end);
    resolve();
  }
  return promise;
}

/** The answer, or what `late` makes where none comes in time. */
export async function within<T>(ms: number, answer: PromiseLike<T>, late: () => Error): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), ms);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}
