/** What is wrong in an app, and where: `workflows/x/workflow.yaml: tools.y.values.z`. */
export type Finding = { path: string; message: string };
/** Notes a finding at a place inside the file being checked. */
export type Report = (at: string, message: string) => void;

/** `"a", "b" or "c"`, to say what would have been right. */
export function oneOf(names: readonly string[]): string {
  if (names.length === 0) return "there are none";
  const shown = names.slice(0, 12).map((it) => `"${it}"`);
  return shown.length === 1
    ? `there is only ${shown[0]}`
    : `there are ${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** What a file itself has under a name; never what every object has, like `constructor`. */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
