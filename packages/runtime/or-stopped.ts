/** Somebody stopped the run while it waited for something. */
export class Stopped extends Error {
  override name = "Stopped";
}

/**
 * Waits for what may never come, and may not heed the signal: rejects with `Stopped` as soon as the run is stopped.
 * What it waited for goes on by itself; nobody listens to it any more.
 */
export function orStopped<T>(work: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(new Stopped());
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
  return Promise.race([work, stopped.promise]).finally(() => signal.removeEventListener("abort", stop));
}
