/** A piece of a text: from `start` up to, not with, `end`. */
export type Span = { start: number; end: number };

export function taken(span: Span, others: readonly Span[]): boolean {
  return others.some((other) => span.start < other.end && span.end > other.start);
}

export function spansOf(found: readonly Span[]): Span[] {
  return found.map(({ start, end }) => ({ start, end }));
}

/** The text with the spans blanked out, its other characters where they were. */
export function without(text: string, spans: readonly Span[]): string {
  let left = text;
  for (const { start, end } of spans) left = left.slice(0, start) + " ".repeat(end - start) + left.slice(end);
  return left;
}
