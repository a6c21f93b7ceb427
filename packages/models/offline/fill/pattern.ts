/** A repeated group with a repeat inside can take for ever on a long word: such a pattern is not tried. */
const RISKY = /\([^)]*[+*}][^)]*\)[+*{?]/;

const cache = new Map<string, RegExp | null>();

/** A schema's pattern, or null when it is absent, broken or risky. */
export function patternOf(pattern: unknown): RegExp | null {
  if (typeof pattern !== "string" || pattern.length > 240) return null;
  const known = cache.get(pattern);
  if (known !== undefined) return known;
  let compiled: RegExp | null = null;
  try {
    // The wrapper `^(?:…)$` is no group of its own.
    const inner = pattern.replace(/^\^\(\?:(.*)\)\$$/, "$1");
    compiled = RISKY.test(inner) ? null : new RegExp(pattern, "u");
  } catch {
    compiled = null;
  }
  if (cache.size < 500) cache.set(pattern, compiled);
  return compiled;
}
