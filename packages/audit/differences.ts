type Values = Record<string, unknown>;

/** A change as the log tells it: before and after of each field that differs. */
export function differences(
  before: Values,
  after: Values,
): Record<string, { before: unknown; after: unknown }> {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]))
      .map(([name, value]) => [name, { before: before[name] ?? null, after: value }]),
  );
}
