/**
 * Does each item's work, in at most `lanes` at once, and gives the answers in the items' order. What begins is
 * ended before this returns or throws, also when its reader turns away. Nothing new begins once `signal` aborts: the
 * answers end there.
 * @param lane a number from 0, which one piece of work has to itself at a time
 */
export async function* inLanes<T, R>(
  items: readonly T[],
  lanes: number,
  signal: AbortSignal,
  work: (item: T, lane: number) => Promise<R>,
): AsyncGenerator<R> {
  let next = 0;
  let over = false;
  const answers = items.map(() => Promise.withResolvers<R | null>());
  for (const { promise } of answers) promise.catch(() => undefined);
  const run = async (lane: number) => {
    while (next < items.length) {
      const at = next++;
      if (over || signal.aborted) {
        answers[at]!.resolve(null);
        continue;
      }
      await work(items[at]!, lane).then(answers[at]!.resolve, answers[at]!.reject);
    }
  };
  const running = Array.from({ length: Math.min(lanes, items.length) }, (_, lane) => run(lane));
  try {
    for (const { promise } of answers) {
      const answer = await promise;
      if (answer === null) return;
      yield answer;
    }
  } finally {
    over = true;
    await Promise.all(running);
  }
}
