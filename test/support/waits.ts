/** No wait at all where one is short, such as between two tries; a long one lasts until it is called off. */
export function shortWaits(ms: number, until: AbortSignal): Promise<void> {
  return ms < 5_000 ? Promise.resolve() : untilAborted(until);
}

export function untilAborted(until: AbortSignal): Promise<void> {
  return new Promise((resolve) => until.addEventListener("abort", () => resolve(), { once: true }));
}
