/**
 * Measures everybody in each round, one after another; each round begins with another one, so that nobody always comes
 * after the same neighbour. A round before the first is not counted: code that has never run is slow for everybody.
 */
export async function inTurns<N extends string, T>(
  rounds: number,
  names: readonly N[],
  measure: (name: N) => Promise<T>,
): Promise<Record<N, T>[]> {
  const all: Record<N, T>[] = [];
  for (let round = -1; round < rounds; round++) {
    const first = (round + names.length) % names.length;
    const figures = {} as Record<N, T>;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) figures[name] = await measure(name);
    all.push(figures);
  }
  process.stderr.write(`${rounds} rounds of ${names.join(", ")}\n`);
  return all;
}
