import type { Attachment } from "#protocol/attachment";

/**
 * A tool call as the model made it; `args` is parsed JSON that nobody has checked yet. `hidden`: people must not see
 * that there is one, as it is of a hidden agent or leads to one.
 */
export type ToolCall = { tool_call_id: string; tool_name: string; args: unknown; hidden?: true };

/** What a tool answers to the model: `ok` beside facts or an `error` in a sentence. */
export type Outcome = { ok: boolean; error?: string; [fact: string]: unknown };

/** What a person said, and what they sent with it. */
export type UserEntry = {
  kind: "user";
  message_id: string;
  text: string;
  /** Where the conversation stood then: where it goes on when it is taken back to this message. */
  at?: { workflow: string; agent: string };
  attachments?: Attachment[];
  /** By attachment id, while a prompt is made; never stored. */
  contents?: ReadonlyMap<string, Uint8Array>;
};

/**
 * One durable row of a chat's memory. Everything a model is shown is made from these. `scope`: the call by which an
 * agent was asked, for what is said between agents only; absent for the conversation with the person.
 */
export type Entry = { scope?: string } & (
  | UserEntry
  /** What tools had done in a part of the conversation that was taken back: it is done all the same. */
  | { kind: "taken_back"; done: { tool_name: string; outcome: Outcome }[] }
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
  | { kind: "tool"; tool_call_id: string; tool_name: string; outcome: Outcome }
  /** A word of the runtime to the model, as a message: what is wrong with an answer. */
  | { kind: "note"; text: string }
  /** What is left of the turns before the oldest entry; always first, never stored. */
  | { kind: "gist"; text: string }
);

/** Calls of the last assistant entry that have no result yet. The entries are of one scope. */
export function openCalls(transcript: readonly Entry[]): ToolCall[] {
  const index = transcript.findLastIndex((entry) => entry.kind === "assistant");
  const last = transcript[index];
  if (last?.kind !== "assistant") return [];
  const answered = new Set(
    transcript.slice(index + 1).map((entry) => (entry.kind === "tool" ? entry.tool_call_id : "")),
  );
  return last.calls.filter((call) => !answered.has(call.tool_call_id));
}
