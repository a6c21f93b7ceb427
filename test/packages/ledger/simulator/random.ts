export type Random = ReturnType<typeof seeded>;

/** Numbers that look random and follow from the seed alone (mulberry32). */
export function seeded(seed: number) {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
  return {
    /** From 0 up to below `end`. */
    int: (end: number) => Math.floor(next() * end),
    /** Both ends included. */
    between: (least: number, most: number) => least + Math.floor(next() * (most - least + 1)),
    chance: (likelihood: number) => next() < likelihood,
    pick: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!,
  };
}
