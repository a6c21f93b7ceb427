/** One structured line. Fields never hold secrets, tokens or what people wrote. */
export type LogFields = Record<string, string | number | boolean | null | undefined>;
export type Log = (level: "info" | "warn" | "error", event: string, fields?: LogFields) => void;

/**
 * JSON lines to the given sink, e.g. `console.log`. One that can't be written is dropped, for no work may end because
 * nobody can be told of it; the next one that gets through says how many were (`dropped`).
 */
export function jsonLog(write: (line: string) => void): Log {
  let dropped = 0;
  return (level, event, fields = {}) => {
    try {
      write(JSON.stringify({ level, event, ...fields, ...(dropped > 0 ? { dropped } : {}) }, withoutValues));
      dropped = 0;
    } catch {
      dropped += 1;
    }
  };
}

/** A statement that failed says its values, behind its text: they may be what people wrote (T65). */
function withoutValues(_: string, value: unknown): unknown {
  return typeof value === "string" ? value.replace(/\nparams: [\s\S]*$/, "") : value;
}
