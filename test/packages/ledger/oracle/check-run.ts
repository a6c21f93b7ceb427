import { checkSteps } from "./check-steps.ts";
import { randomFrom, seedOf } from "./steps.ts";

const SHRINK_MS = 20_000;

/** One run of so many steps. @throws what was wrong, after as few steps as are found to lead there */
export function checkRun(seed: number, steps: number, checkEvery: number): void {
  const random = randomFrom(seed);
  const run = Array.from({ length: steps }, (_, n) => seedOf(n, random));
  const failure = failureOf(run, checkEvery);
  if (failure) throw shrunk(run.slice(0, failure.at + 1), failure);
}

type Failure = { at: number; error: unknown };

function failureOf(run: readonly number[], checkEvery: number): Failure | null {
  let at = 0;
  try {
    checkSteps(run, { checkEvery, reached: (n) => (at = n) });
    return null;
  } catch (error) {
    return { at, error };
  }
}

/** Leaves out halves, quarters and so on, as long as something is still wrong. */
function shrunk(run: number[], first: Failure): unknown {
  const until = performance.now() + SHRINK_MS;
  let [left, error] = [run, first.error];
  for (let size = Math.ceil(left.length / 2); size >= 1 && performance.now() < until; ) {
    let smaller = false;
    for (let from = 0; from < left.length - 1 && performance.now() < until; ) {
      const without = left.toSpliced(from, Math.min(size, left.length - 1 - from));
      const failure = failureOf(without, 1);
      if (failure) {
        [left, error, smaller] = [without.slice(0, failure.at + 1), failure.error, true];
      } else from += size;
    }
    if (!smaller || size > 1) size = size === 1 ? 0 : Math.ceil(size / 2);
  }
  if (error instanceof Error) error.message = `${error.message}\nthe steps: ${JSON.stringify(left)}`;
  return error;
}
