/** One structured line. Fields never hold secrets, tokens or what people wrote. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;
export type Log = (level: "info" | "warn" | "error", event: string, fields?: LogFields) => void;

/** JSON lines to the given sink, e.g. `console.log`. */
export function jsonLog(write: (line: string) => void): Log {
  return (level, event, fields = {}) => write(JSON.stringify({ level, event, ...fields }));
}
