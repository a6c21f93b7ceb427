import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { type WebSocket, WebSocketServer } from "ws";
import { buildUi } from "#cli/platform/build-ui";
import type { Site } from "#protocol/api/site";
import type { DownFrame } from "#protocol/frames/down";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";
import { preloads } from "../../workers/gateway/preloads.ts";
import { frame } from "../chatui/chat/frames.ts";

const APP = "ent_stage";
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

export type Stage = { url: string; close: () => Promise<void> };
/** One connection of a chat; `after` is the row it asks to go on from. `say` sends frames, one a message. */
export type Entrance = { socket: WebSocket; after: number; say: (frames: readonly DownFrame[]) => void };

/**
 * The real pages of an app, with the headers they are served with, before a server that says whatever a test wants it to:
 * for what no server of ours would say, and for measuring pages alone.
 */
export async function chatStage(enter: (entrance: Entrance) => void): Promise<Stage> {
  const ui = await buildUi();
  const headers = pageHeaders();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://stage").pathname;
    const answer = answerTo(path);
    if (answer !== undefined) {
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
      return;
    }
    const file = extname(path) && !path.includes("..") ? path : "/index.html";
    let content = await readFile(join(ui, file)).catch(() => null);
    if (file === "/index.html" && content) content = Buffer.from(asOfApp(content.toString()));
    response
      .writeHead(content ? 200 : 404, { ...headers, "content-type": TYPES[extname(file)] ?? "text/plain" })
      .end(content ?? "");
  });
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket, request) => {
    const after = Number(new URL(request.url ?? "/", "http://stage").searchParams.get("after"));
    const say = (frames: readonly DownFrame[]) => {
      for (const it of frames) socket.send(JSON.stringify(it));
    };
    socket.on("message", (data) => {
      if (String(data) === '{"type":"ping"}') socket.send('{"type":"pong"}');
    });
    enter({ socket, after, say });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://localhost:${port}/?workflow=talk&chat=chat_1`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets.clients) socket.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function chatMeta(lastSeq: number): DownFrame {
  return frame("chat_meta", {
    chat_id: "chat_1",
    workflow_name: "talk",
    app_id: APP,
    enterprise_id: APP,
    user_id: "user_1",
    chat_exists: true,
    status: "idle",
    last_seq: lastSeq,
    workflow_version: 1,
  });
}

function answerTo(path: string): unknown {
  const ways = { password: true, email: false, passkey: false, google: false, github: false, guest: false };
  const look = { branding: {}, show_cost: false, offline_model: false, sign_in: ways };
  const site: Site = {
    kind: "app",
    logo: null,
    enterprise_id: APP,
    name: "Stage",
    slug: "stage",
    status: "live",
    visibility: "public",
    maintenance: null,
    ...look,
  };
  const talk = { name: "talk", display_name: "Talk", description: "", entry_point: true, suggestions: [] };
  if (path === "/api/site") return site;
  if (path === "/api/auth/get-session") return {};
  if (path === "/api/me")
    return {
      ...{ user_id: "user_1", email: "grace@example.com", name: "Grace" },
      ...{ realm: APP, guest: false, admitted: true, enterprises: [] },
    };
  if (path === "/api/workflows") return { workflows: [talk] };
  if (path.startsWith("/api/chats/")) return { items: [] };
  return path.startsWith("/api/") ? {} : undefined;
}

/** The page with an app's chunks named, as `workers/gateway/dress-page.ts` does it. */
function asOfApp(html: string): string {
  return html.replace(/<meta name="mozaiks-app-chunks" content="([^"]*)">/, (_, files: string) =>
    preloads(files),
  );
}

/** Those of every page, as they stand in the UI's own file. */
function pageHeaders(): Record<string, string> {
  const [, all = ""] =
    /^\/\*\n((?: {2}.*\n)+)/m.exec(readFileSync(join(CHECKOUT, "chatui/public/_headers"), "utf8")) ?? [];
  return Object.fromEntries(
    all
      .trim()
      .split("\n")
      .map((line) =>
        line
          .trim()
          .split(/:\s(.*)/s)
          .slice(0, 2),
      ),
  );
}
