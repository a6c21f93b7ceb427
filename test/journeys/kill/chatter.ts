import type { DownFrame } from "#protocol/frames/down";
import type { SeededRandom } from "./seeded-random.ts";

/** Who chats, and where. `prefix` is that of the site, e.g. `/a/acme`. */
export type Seat = {
  token: string;
  user_id: string;
  enterprise_id: string;
  workflow: string;
  chat_id: string;
  prefix: string;
};

export type Chatter = ReturnType<typeof chatter>;

/**
 * Somebody who comes back to a chat after every crash, says again what was not acknowledged, and remembers what they
 * were told: no crash may take that back.
 */
export function chatter(seat: Seat, random: SeededRandom) {
  const { enterprise_id, workflow, chat_id, user_id, prefix } = seat;
  const path = `${prefix}/ws/${workflow}/${enterprise_id}/${chat_id}/${user_id}`;
  /** Messages in the order they were first said, by the id that makes a repeat harmless. */
  const said = new Map<string, string>();
  const acked = new Set<string>();
  /** Usage frames by their number, as they came. */
  const charges = new Map<number, DownFrame>();
  /** Runs that have ended or pause: one for each message. */
  const over = new Set<string>();
  let lastSeq = -1;

  function note(frame: DownFrame): void {
    if (frame.seq === undefined) return;
    lastSeq = Math.max(lastSeq, frame.seq);
    if (frame.type === "chat.run_complete") over.add(frame.data.run_id);
    if (frame.type === "chat.usage_delta") charges.set(frame.seq, frame);
  }

  return {
    seat,
    /** Messages that have had no run to its end or pause, as far as is known. */
    waiting: () => said.size - over.size,
    said,
    acked,
    charges,
    /**
     * Opens a tab and waits until it is live. Cards are answered by chance.
     * @param heard is called for every frame
     * @param anew reads all from the start, like somebody who remembers nothing, and leaves cards alone
     */
    async come(url: string, { heard = () => {}, anew = false } = {}) {
      const secret = Buffer.from(seat.token).toString("base64url");
      const socket = new WebSocket(`${url.replace("http", "ws")}${path}?after=${anew ? -1 : lastSeq}`, [
        "mozaiks.bearer.v1",
        secret,
      ]);
      const send = (type: string, data: unknown) => socket.send(JSON.stringify({ type, data }));
      function answerByChance(frame: DownFrame): void {
        if (frame.type !== "chat.tool_call" || !frame.data.awaiting_response || random() > 0.8) return;
        const response = { approved: random() < 0.7 };
        send("tool_call_response", { tool_call_id: frame.data.tool_call_id, response });
      }
      const frames: DownFrame[] = [];
      let closed = false;
      let wake = () => {};
      socket.addEventListener("message", ({ data }) => {
        const frame = JSON.parse(String(data)) as DownFrame;
        frames.push(frame);
        // A long log comes in windows.
        if (frame.type === "chat.resume_boundary" && frame.data.gap)
          send("client.resume", { last_seq: frame.data.last_seq });
        if (frame.type === "chat.input_ack") acked.add(frame.data.client_message_id ?? "");
        if (!anew) {
          note(frame);
          answerByChance(frame);
        }
        heard();
        wake();
      });
      for (const end of ["close", "error"] as const)
        socket.addEventListener(end, () => {
          closed = true;
          wake();
        });
      /** Also ends when the socket does. */
      async function until(done: () => boolean): Promise<void> {
        while (!closed && !done())
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
      await until(() => frames.some((frame) => frame.type === "chat.resume_boundary" && !frame.data.gap));
      const sayUnheard = () => {
        for (const [id, text] of said) {
          if (!acked.has(id)) send("user.input.submit", { text, client_message_id: id });
        }
      };
      return {
        frames,
        until,
        say(text: string): void {
          said.set(`${chat_id}-${said.size}`, text);
          sayUnheard();
        },
        sayUnheard,
        ended: () => until(() => false),
        close: () => socket.close(),
      };
    },
  };
}
