import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "vite";

/** The peer's page before a server that has said `earlier` and answers whatever is said with `tokens`, one each `everyMs`. */
export async function peerStage(
  earlier: readonly string[],
  tokens: readonly string[],
  everyMs: number,
  folder: string,
  onSaid: () => void,
) {
  const root = import.meta.dirname;
  await build({
    configFile: false,
    root,
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: "es2022",
      rollupOptions: { input: join(root, "peer.html") },
    },
  });
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://peer");
    if (pathname === "/earlier") {
      const messages = earlier.map((text, n) => ({
        id: `m${n}`,
        role: n % 2 === 0 ? "user" : "assistant",
        parts: [{ type: "text", text }],
      }));
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(messages));
      return;
    }
    if (pathname === "/say") {
      response.writeHead(200, { "content-type": "text/event-stream", "x-vercel-ai-ui-message-stream": "v1" });
      const say = (chunk: object) => response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      say({ type: "start", messageId: "answer" });
      say({ type: "text-start", id: "t" });
      for (const delta of tokens) {
        say({ type: "text-delta", id: "t", delta });
        await wait(everyMs);
      }
      say({ type: "text-delta", id: "t", delta: "The end." });
      say({ type: "text-end", id: "t" });
      say({ type: "finish" });
      response.end("data: [DONE]\n\n");
      onSaid();
      return;
    }
    const file = pathname === "/" ? "/peer.html" : pathname;
    const content = await readFile(join(folder, file)).catch(() => null);
    const type = extname(file) === ".html" ? "text/html" : "text/javascript";
    response.writeHead(content ? 200 : 404, { "content-type": type }).end(content ?? "");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://localhost:${port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
