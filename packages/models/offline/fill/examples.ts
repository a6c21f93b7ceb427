import { stem } from "../text/stem.ts";
import { words } from "../text/words.ts";

/** The one of some known values that a text contains as words (longest first, endings aside), or null. */
export function exampleIn(text: string, values: unknown): string | null {
  if (!Array.isArray(values)) return null;
  const said = words(text).map((word) => word.stem);
  const known = values
    .filter(
      (value): value is string => typeof value === "string" && /[a-z]{3}/i.test(value) && value.length <= 80,
    )
    .sort((a, b) => b.length - a.length);
  return known.find((value) => contains(said, stemsOf(value))) ?? null;
}

export function stemsOf(value: string): string[] {
  return words(value.replaceAll("_", " ")).map((word) => stem(word.lower));
}

/** Whether `inner` stands in `outer` without a gap. */
export function contains(outer: readonly string[], inner: readonly string[]): boolean {
  if (inner.length === 0) return false;
  return outer.some((_, at) => inner.every((word, offset) => outer[at + offset] === word));
}

/** The one known value that shares a telling word with a text ("the yoga one" → "Morning Yoga"), or null. */
export function partlyIn(text: string, values: readonly unknown[]): string | null {
  const said = new Set(words(text).map((word) => word.stem));
  const known = [
    ...new Set(values.filter((value): value is string => typeof value === "string" && value.length <= 80)),
  ];
  const sharing = known.filter((value) =>
    stemsOf(value).some((stem) => stem.length > 3 && /^[a-z]+$/.test(stem) && said.has(stem)),
  );
  return sharing.length === 1 ? (sharing[0] ?? null) : null;
}
