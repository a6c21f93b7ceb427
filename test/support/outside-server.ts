import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Seen = { method: string; path: string; headers: Record<string, string>; body: string };
export type OutsideServer = { origin: string; host: string; seen: Seen[]; close: () => Promise<void> };

/** A real HTTP server on this machine that answers as `handle` says and remembers what it was asked. */
export async function outsideServer(
  handle: (request: IncomingMessage, response: ServerResponse, body: string) => void,
): Promise<OutsideServer> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    response.on("error", () => undefined);
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString();
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, it]) => [name, String(it)]),
      );
      seen.push({ method: request.method ?? "", path: request.url ?? "", headers, body });
      handle(request, response, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
