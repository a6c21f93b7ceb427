import type { DownFrame } from "#protocol/frames/down";
import { type Person, worker } from "#test/workers/gateway/client";
import { dataOf } from "./data-of.ts";

export { dataOf };

export type Tab = Awaited<ReturnType<typeof openTab>>;

/** A socket to a chat through the real Worker; keeps every frame it gets. */
export async function openTab(path: string, person: Pick<Person, "token">, after?: number) {
  const url = `http://localhost:8787${path}${after === undefined ? "" : `?after=${after}`}`;
  const response = await worker.fetch(
    new Request(url, { headers: { upgrade: "websocket", authorization: `Bearer ${person.token}` } }),
  );
  const socket = response.webSocket;
  if (!socket) throw new Error(`no socket: ${response.status} ${await response.text()}`);
  const frames: DownFrame[] = [];
  const raw: string[] = [];
  let wake = (): void => undefined;
  let closed: { code: number } | null = null;
  socket.addEventListener("message", ({ data }) => {
    raw.push(String(data));
    const frame = JSON.parse(String(data));
    if (frame.type !== "pong") frames.push(frame);
    wake();
  });
  socket.addEventListener("close", ({ code }) => {
    closed = { code };
    wake();
  });
  socket.accept();

  /** The first frame from `from` on that fits; waits for it. */
  async function until(fits: (frame: DownFrame) => boolean, from = 0): Promise<DownFrame> {
    for (;;) {
      const found = frames.slice(from).find(fits);
      if (found) return found;
      if (closed) throw new Error(`closed ${closed.code} while waiting`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }
  await until(({ type }) => type === "chat.resume_boundary");
  return {
    frames,
    raw,
    until,
    sendRaw: (data: string | ArrayBuffer) => socket.send(data),
    send: (type: string, data: unknown) => socket.send(JSON.stringify({ type, data })),
    /** Says something and waits for the end of its run; answers the frames of it. */
    async say(text: string, more: Record<string, unknown> = {}): Promise<DownFrame[]> {
      const from = frames.length;
      socket.send(JSON.stringify({ type: "user.input.submit", data: { text, ...more } }));
      await until(isEnd, from);
      return frames.slice(from);
    },
    async answer(toolCallId: string, response: unknown): Promise<DownFrame[]> {
      const from = frames.length;
      socket.send(
        JSON.stringify({ type: "tool_call_response", data: { tool_call_id: toolCallId, response } }),
      );
      await until(isEnd, from);
      return frames.slice(from);
    },
    close: () => socket.close(1000, "done"),
  };
}

function isEnd(frame: DownFrame): boolean {
  return frame.type === "chat.run_complete";
}

/** What was said to the person in these frames. */
export function textOf(frames: readonly DownFrame[]): string {
  return dataOf(frames, "chat.stream_end")
    .map(({ content }) => content)
    .join(" ");
}
