import { setTimeout as wait } from "node:timers/promises";
import { openRawChat } from "./chat/raw-chat.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { serverMemoryKb, watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { printTable } from "./turn/table.ts";
import { openSocket } from "./turn/talk.ts";

/**
 * B7: sockets that say nothing but their ping, each in an object of its own: what one costs the server's memory once
 * the objects sleep, and how many are lost. `IDLE_SOCKETS` and `IDLE_SECONDS` make it larger.
 */
const SOCKETS = Number(process.env.IDLE_SOCKETS ?? 500);
const SECONDS = Number(process.env.IDLE_SECONDS ?? 40);
const PING_EVERY_MS = 10_000;
const AT_ONCE = 10;

type Idle = { ping(): void; isClosed(): boolean; close(): void; pongs(): number };

const results = [];
// Each on a platform of its own: memory that one has taken would be there for the next.
for (const name of ["ours", "raw-echo", "agent-echo"] as const) {
  const platform = await runWithPeers();
  try {
    const app = await makeBenchApp(platform.url);
    const open =
      name === "ours" ? ours : () => plain(`${platform.url}/ws/peers/${name}/${crypto.randomUUID()}`);
    const warm = await open();
    const cpu = watchCpu();
    const before = serverMemoryKb();
    const idle: Idle[] = [];
    while (idle.length < SOCKETS) idle.push(...(await Promise.all(Array.from({ length: AT_ONCE }, open))));
    for (let left = SECONDS * 1_000; left > 0; left -= PING_EVERY_MS) {
      for (const it of idle) it.ping();
      await wait(Math.min(left, PING_EVERY_MS));
    }
    const after = serverMemoryKb();
    results.push({
      name,
      kbPerSocket: before === null || after === null ? null : (after - before) / SOCKETS,
      dropped: idle.filter((it) => it.isClosed()).length,
      pongs: idle.reduce((sum, it) => sum + it.pongs(), 0),
      machine: cpu(),
    });
    for (const it of [...idle, warm]) it.close();

    async function ours(): Promise<Idle> {
      const chat = await openRawChat(app, crypto.randomUUID());
      if (!(await chat.until((frame) => frame.type === "chat.resume_boundary"))) throw new Error("closed");
      const said = () => chat.frames.filter(({ frame }) => (frame.type as string) === "pong").length;
      return { ping: chat.ping, isClosed: chat.isClosed, close: chat.close, pongs: said };
    }
  } finally {
    await platform.stop();
  }
}
printTable(
  [`${SOCKETS} idle sockets, ${SECONDS} s`, "KB a socket", "dropped", "pongs"],
  results.map((it) => [it.name, it.kbPerSocket?.toFixed(0) ?? "?", String(it.dropped), String(it.pongs)]),
);
const [ours, , agent] = results;
const ratio = (ours?.kbPerSocket ?? Number.NaN) / (agent?.kbPerSocket ?? Number.NaN);
console.log(`ours ÷ bare Agent: ${ratio.toFixed(2)}; bar ≤ 0.5: ${ratio <= 0.5 ? "reached" : "MISSED"}`);
console.log(machineInWords());
writeResult("idle", { results });

async function plain(url: string): Promise<Idle> {
  const socket = await openSocket(url, [], null);
  let pongs = 0;
  socket.addEventListener("message", () => {
    pongs += 1;
  });
  return {
    ping: () => socket.send('{"type":"ping"}'),
    isClosed: () => socket.readyState === WebSocket.CLOSED,
    close: () => socket.close(),
    pongs: () => pongs,
  };
}
