import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { dialectOf, framesOf, type Said } from "./dialects.ts";

/** One answer of the server: what is said, and how it goes wrong. */
export type Answer = Said & {
  /** No stream, but an error of this status in JSON. */
  status?: number;
  headers?: Record<string, string>;
  /** Other bytes than the format's. */
  bytes?: Uint8Array[] | undefined;
  /** How many frames are sent before it `ends`; all, if absent. */
  after?: number;
  /** `cut` breaks the connection, `end` closes it in good order, `hang` says nothing more, `endless` repeats. */
  ends?: "cut" | "end" | "hang" | "endless";
  /** Sent as they are after those frames. */
  extra?: string[];
  /** Not even headers. */
  silent?: boolean;
};

export type Asked = { path: string; headers: IncomingHttpHeaders; body: Record<string, unknown> };
export type ModelServer = Awaited<ReturnType<typeof modelServer>>;

/**
 * A real HTTP server on the loopback that speaks the streams of OpenAI (chat completions and Responses), Anthropic and
 * Google, by the path it is asked at. It answers by a list, one item a request (the last one repeats).
 */
export async function modelServer(answers: Answer[] = [{ text: ["Hello."] }]) {
  const asked: Asked[] = [];
  let list = answers;
  let served = 0;
  let dropped = 0;
  const waiting: { count: number; done: () => void }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = JSON.parse(Buffer.concat(chunks).toString() || "{}");
      asked.push({ path: request.url ?? "", headers: request.headers, body });
      response.on("close", () => {
        if (!response.writableFinished) dropped += 1;
      });
      const answer = list[Math.min(served++, list.length - 1)] ?? {};
      send(answer, request.url ?? "", response, () => {
        for (const one of waiting) if (served >= one.count) one.done();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    /** How many answers were left by the one who asked before they had ended. */
    dropped: () => dropped,
    answer(next: Answer[]): void {
      list = next;
      served = 0;
      asked.length = 0;
    },
    /** Breaks every connection. */
    cut: () => server.closeAllConnections(),
    /** When so many requests were answered as far as they are. */
    said(count: number): Promise<void> {
      return new Promise((done) => waiting.push({ count, done }));
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function send(answer: Answer, url: string, response: ServerResponse, done: () => void): void {
  const path = url.split("?")[0] ?? "";
  const dialect = dialectOf(path);
  if (answer.silent) {
    if (answer.ends === "cut") response.socket?.destroy();
    done();
    return;
  }
  if (answer.status !== undefined || dialect === null) {
    const { status = 404, headers = {} } = answer;
    response.writeHead(status, { "content-type": "application/json", ...headers });
    const error = { type: "error", message: "something is wrong, sk-secret", code: status };
    response.end(JSON.stringify({ type: "error", error }), done);
    return;
  }
  response.writeHead(200, { "content-type": "text/event-stream", ...answer.headers });
  response.flushHeaders();
  const frames = framesOf(dialect, answer);
  const sent = answer.bytes ?? frames.slice(0, answer.after);
  for (const frame of [...sent, ...(answer.extra ?? [])]) response.write(frame);
  // What was written must have left before the connection is cut, or the cut would overtake it.
  const finish = () => {
    if (answer.ends === "cut") response.socket?.destroy();
    if (answer.ends === "end" || answer.ends === undefined) response.end();
    if (answer.ends === "endless") repeat(frames[Math.max(0, (answer.after ?? 1) - 1)] ?? "", response);
    done();
  };
  response.write("\n", finish);
}

/** As fast as the other side reads, until it no longer does. */
function repeat(frame: string, response: ServerResponse): void {
  const more = () => {
    if (response.destroyed) return;
    if (response.write(frame)) setImmediate(more);
    else response.once("drain", more);
  };
  more();
}
