import { setTimeout as wait } from "node:timers/promises";
import { SEED_PROMPT } from "#cli/demo/conversation";
import type { CreatedApp } from "#protocol/api/app";
import type { Build } from "#protocol/api/build";
import type { StartedChat } from "#protocol/api/chat";
import type { DownFrame } from "#protocol/frames/down";
import { signUp } from "./turn/bench-app.ts";
import { runThrowAway } from "./turn/bench-platform.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";
import { exchange, openSocket, type Turn } from "./turn/talk.ts";

/**
 * What a person waits for in the seed's app with the embedded model: the product as it is, one chat at a time. The
 * refund's turn ends at the card that asks to confirm; the next message passes over it.
 */
const LINES = ["Where is my order A-1001?", "I want a refund for it, it arrived broken", "What can you do?"];
const CHATS = 10;

const platform = await runThrowAway();
try {
  const { call, userId } = await signUp(platform.url);
  const startedAt = performance.now();
  const app = await call<CreatedApp>("/api/apps", { prompt: SEED_PROMPT, approve: "auto" });
  await untilLive(app);
  const buildMs = performance.now() - startedAt;

  const { workflows } = await call<{ workflows: { name: string; entry_point: boolean }[] }>(
    `/api/workflows?enterprise_id=${app.enterprise_id}`,
  );
  const entry = workflows.find((workflow) => workflow.entry_point)!.name;
  const turns: Turn[][] = LINES.map(() => []);
  for (let n = 0; n < CHATS; n++) {
    const socket = await openChat(entry);
    for (const [index, text] of LINES.entries()) {
      const message = JSON.stringify({ type: "user.input.submit", data: { text } });
      turns[index]!.push(await exchange(socket, message, markOf));
    }
    socket.close();
  }

  const rows = LINES.map((line, index) => {
    const of = (figure: (turn: Turn) => number, q: number) =>
      quantile(turns[index]!.map(figure), q).toFixed(1);
    const first = (turn: Turn) => turn.firstMs;
    const whole = (turn: Turn) => turn.turnMs;
    return [line, of(first, 0.5), of(first, 0.95), of(whole, 0.5), of(whole, 0.95)];
  });
  console.log(`\n${machineInWords()}; prompt to live app: ${(buildMs / 1_000).toFixed(1)} s; ${CHATS} chats`);
  printTable(["offline turn", "first token p50 ms", "p95", "turn p50 ms", "p95"], rows);
  writeResult("offline-turn", { buildMs, lines: LINES, turns });

  async function untilLive({ enterprise_id, build_id }: CreatedApp): Promise<void> {
    for (;;) {
      const build = await call<Build>(`/api/apps/${enterprise_id}/builds/${build_id}`);
      if (build.status === "live") return;
      if (build.status === "failed") throw new Error(`the build failed: ${build.error?.message}`);
      await wait(50);
    }
  }

  async function openChat(workflow: string): Promise<WebSocket> {
    const { enterprise_id } = app;
    const started = await call<StartedChat>(`/api/chats/${enterprise_id}/${workflow}/start`, {
      user_id: userId,
      force_new: true,
    });
    const { access_token } = await call<{ access_token: string }>("/api/chats/token", { enterprise_id });
    const encoded = Buffer.from(access_token).toString("base64url");
    return openSocket(started.websocket_url, ["mozaiks.bearer.v1", encoded], ({ type }) => {
      return type === "chat.resume_boundary";
    });
  }
} finally {
  await platform.stop();
}

function markOf(frame: DownFrame): string | null {
  if (frame.type === "chat.stream_chunk") return "first";
  if (frame.type === "chat.run_complete") return "end";
  if (frame.type === "chat.error") throw new Error(`${frame.data.code}: ${frame.data.message}`);
  return null;
}
