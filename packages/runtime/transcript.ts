/** A tool call as the model made it; `args` is parsed JSON that nobody has checked yet. */
export type ToolCall = { tool_call_id: string; tool_name: string; args: unknown };

/** What a tool answers to the model: `ok` beside facts or an `error` in a sentence. */
export type Outcome = { ok: boolean; error?: string; [fact: string]: unknown };

/** One durable row of a chat's memory. Everything a model is shown is made from these. */
export type Entry =
  | { kind: "user"; message_id: string; text: string }
  | {
      kind: "assistant";
      message_id: string;
      agent: string;
      text: string;
      calls: ToolCall[];
      interrupted?: boolean;
      /** Whom of the app's team it is from, if no agent said it. */
      operator?: string;
    }
  | { kind: "tool"; tool_call_id: string; tool_name: string; outcome: Outcome };

/** Calls of the last assistant entry that have no result yet. */
export function openCalls(transcript: readonly Entry[]): ToolCall[] {
  const index = transcript.findLastIndex((entry) => entry.kind === "assistant");
  const last = transcript[index];
  if (last?.kind !== "assistant") return [];
  const answered = new Set(
    transcript.slice(index + 1).map((entry) => (entry.kind === "tool" ? entry.tool_call_id : "")),
  );
  return last.calls.filter((call) => !answered.has(call.tool_call_id));
}
