const MAX_ITEMS = 100;

/**
 * Parts of a JSON answer: each name with what stands at its path, as in `order.lines.*.title` (`*`: each of a
 * list, at most 100), null where there is nothing. Own properties only.
 */
export function selectParts(
  value: unknown,
  paths: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(paths).map(([name, path]) => [name, at(value, path.split(".")) ?? null]),
  );
}

function at(value: unknown, [step, ...rest]: string[]): unknown {
  if (step === undefined) return value;
  if (step === "*")
    return Array.isArray(value) ? value.slice(0, MAX_ITEMS).map((it) => at(it, rest) ?? null) : undefined;
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
  return at(Reflect.get(value, step), rest);
}
