/** A bell for one listener at a time: `next()` is kept once `all()` is called. */
export function whenSaid(): { next: () => Promise<void>; all: () => void } {
  let ring = () => {};
  return {
    next: () => new Promise((resolve) => (ring = resolve)),
    all: () => ring(),
  };
}
