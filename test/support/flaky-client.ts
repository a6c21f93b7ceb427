import type { DownFrame } from "#protocol/frames/down";

/** One connection of a client; `cut` ends it without a word where the line can do so. */
export type Line = { send: (text: string) => void; cut: () => void };
/** Opens the chat's socket from `after` on. What it hears after `cut` is nobody's. */
export type Connect = (
  after: number,
  on: { frame: (frame: DownFrame) => void; lost: () => void },
) => Promise<Line>;

/** What a person does next, once the run of the step before has ended or waits for them. */
export type Step = { say: string } | { answer: unknown };

export type Lived = {
  /** Numbered frames as they came, over all connections. */
  heard: DownFrame[];
  /** Times that a number was heard again. */
  doubled: number;
  connections: number;
};

/**
 * Lives through a story on a line that breaks: `cutAfter` are counts of all frames heard so far after which it is cut.
 * The client comes back with `after`, and says again under the same id what it does not find in the log.
 */
export async function liveThrough(
  connect: Connect,
  story: readonly Step[],
  cutAfter: ReadonlySet<number>,
): Promise<Lived> {
  const heard: DownFrame[] = [];
  const seen = new Set<number>();
  let doubled = 0;
  let count = 0;
  for (let connections = 1; ; connections += 1) {
    const over = Promise.withResolvers<"done" | "cut">();
    let line: Line | null = null;
    let caughtUp = false;
    let isOver = false;
    let asked = -1;
    const end = (how: "done" | "cut") => {
      isOver = true;
      over.resolve(how);
    };
    const act = () => {
      const at = heard.filter(({ type }) => type === "chat.run_complete").length;
      const step = story[at];
      if (!step) return end("done");
      if (!line || !caughtUp || asked === at) return;
      asked = at;
      let up: object | null;
      try {
        up = upOf(step, at, heard);
      } catch (error) {
        isOver = true;
        over.reject(error);
        return;
      }
      if (up) line.send(JSON.stringify(up));
    };
    const last = heard.reduce((max, { seq }) => Math.max(max, seq ?? -1), -1);
    line = await connect(last, {
      frame(frame) {
        if (isOver) return;
        count += 1;
        if (frame.seq !== undefined) {
          if (seen.has(frame.seq)) doubled += 1;
          seen.add(frame.seq);
          heard.push(frame);
        }
        caughtUp ||= frame.type === "chat.resume_boundary";
        if (cutAfter.has(count)) return end("cut");
        act();
      },
      lost: () => end("cut"),
    });
    act();
    const how = await over.promise;
    line.cut();
    if (how === "done") return { heard, doubled, connections };
  }
}

/** The frame of a step, unless the log shows that it has come already. */
function upOf(step: Step, at: number, heard: readonly DownFrame[]): object | null {
  if ("say" in step) {
    const id = `step-${at}`;
    const isThere = heard.some((it) => it.type === "chat.text" && it.data.client_message_id === id);
    return isThere ? null : { type: "user.input.submit", data: { text: step.say, client_message_id: id } };
  }
  const card = heard.findLast((it) => it.type === "chat.tool_call" && it.data.awaiting_response);
  if (card?.type !== "chat.tool_call") throw new Error("no card to answer");
  const { tool_call_id } = card.data;
  return { type: "tool_call_response", data: { tool_call_id, response: step.answer } };
}

/** What the log holds of these frames in the end: the end of a stream for its pieces, the newest bill. */
export function folded(heard: readonly DownFrame[]): DownFrame[] {
  const whole = new Set(heard.flatMap((it) => (it.type === "chat.stream_end" ? [it.data.stream_id] : [])));
  const bill = heard.findLast(({ type }) => type === "chat.usage_summary");
  return heard
    .filter((it) => !(it.type === "chat.stream_chunk" && whole.has(it.data.stream_id)))
    .filter((it) => it.type !== "chat.usage_summary" || it === bill)
    .sort((a, b) => (a.seq ?? -1) - (b.seq ?? -1));
}

/**
 * A transcript as text that is the same for the same conversation in another chat: ids by the order of their first
 * appearance, no times, no bills.
 */
export function transcriptOf(log: readonly DownFrame[]): string {
  const names = new Map<string, string>();
  return log
    .filter(({ type }) => !type.startsWith("chat.usage"))
    .map(({ type, data, agent }) => JSON.stringify({ type, agent, data }))
    .join("\n")
    .replace(/\b(?:msg|run|str|call|chat|row)_[\w-]{8,}|\bL-\d+/g, (id) => {
      if (!names.has(id)) names.set(id, `#${names.size}`);
      return names.get(id) ?? id;
    });
}
