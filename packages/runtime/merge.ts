/**
 * What several say at once, as it comes; each goes on when what it said was taken. They take turns where more than one has
 * something to say. One that throws ends all.
 */
export async function* merge<T>(parts: readonly AsyncGenerator<T>[]): AsyncGenerator<T> {
  const waiting = new Map<AsyncGenerator<T>, Promise<{ part: AsyncGenerator<T>; got: IteratorResult<T> }>>();
  const ask = (part: AsyncGenerator<T>) => {
    waiting.delete(part);
    waiting.set(
      part,
      part.next().then((got) => ({ part, got })),
    );
  };
  try {
    for (const part of parts) ask(part);
    while (waiting.size > 0) {
      const { part, got } = await Promise.race(waiting.values());
      if (got.done) {
        waiting.delete(part);
        continue;
      }
      yield got.value;
      ask(part);
    }
  } finally {
    // Nobody listens any more: what is under way ends at its next word, and nobody waits for that.
    for (const part of waiting.keys()) void part.return(undefined).catch(() => undefined);
  }
}
