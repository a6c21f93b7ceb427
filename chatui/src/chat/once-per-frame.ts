/** A page out of view draws no frames, and still keeps up. */
const HIDDEN_MS = 250;

/**
 * Subscribes so that many changes between two frames of the screen are told as one: a model says more words in a
 * second than a screen shows pictures.
 */
export function oncePerFrame(
  subscribe: (changed: () => void) => () => void,
  changed: () => void,
): () => void {
  let waiting: (() => void) | null = null;
  const tell = () => {
    waiting = null;
    changed();
  };
  const stop = subscribe(() => {
    if (waiting) return;
    if (document.visibilityState === "hidden") {
      const timer = setTimeout(tell, HIDDEN_MS);
      waiting = () => clearTimeout(timer);
    } else {
      const frame = requestAnimationFrame(tell);
      waiting = () => cancelAnimationFrame(frame);
    }
  });
  return () => {
    stop();
    waiting?.();
  };
}
