/** What one client should have got and did. */
export type Tally = { sent: number; got: number; doubled: number; disordered: number };

/** Takes down numbers as they come: each should come once, in order. */
export function tallyOf(sent: number) {
  const seen = new Set<number>();
  let [last, doubled, disordered] = [-1, 0, 0];
  return {
    heard(n: number): void {
      if (seen.has(n)) doubled += 1;
      else if (n < last) disordered += 1;
      seen.add(n);
      last = Math.max(last, n);
    },
    result: (): Tally => ({ sent, got: seen.size, doubled, disordered }),
  };
}

export function sumOf(tallies: readonly Tally[]): Tally & { percent: number } {
  const sum = (of: (tally: Tally) => number) => tallies.reduce((all, it) => all + of(it), 0);
  const [sent, got] = [sum((it) => it.sent), sum((it) => it.got)];
  return {
    sent,
    got,
    doubled: sum((it) => it.doubled),
    disordered: sum((it) => it.disordered),
    percent: (100 * got) / sent,
  };
}
