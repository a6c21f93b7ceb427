import { setTimeout as wait } from "node:timers/promises";
import { openRawChat } from "./chat/raw-chat.ts";
import { endUsersInTurn, makeBenchApp } from "./turn/bench-app.ts";
import { runWithPeers } from "./turn/bench-platform.ts";
import { serverMemoryKb, watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { printTable } from "./turn/table.ts";
import { openSocket } from "./turn/talk.ts";

/**
 * B7: sockets that say nothing but their ping, each in an object of its own: what one costs the server's memory once
 * the objects sleep, and how many are lost. A process keeps what it has once taken, so the first ones pay for what it
 * needs while they are opened; what one more costs is told by those that come when the first are asleep.
 * `IDLE_SOCKETS` and `IDLE_SECONDS` make it larger.
 */
const SOCKETS = Number(process.env.IDLE_SOCKETS ?? 300);
const SECONDS = Number(process.env.IDLE_SECONDS ?? 30);
const PING_EVERY_MS = 10_000;
const AT_ONCE = 10;

type Idle = { ping(): void; isClosed(): boolean; close(): void; pongs(): number };

const results = [];
// Each on a platform of its own: memory that one has taken would be there for the next.
for (const name of ["ours", "raw-echo", "raw-tables", "agent-echo"] as const) {
  const platform = await runWithPeers();
  try {
    const nextUser = endUsersInTurn(await makeBenchApp(platform.url));
    const open =
      name === "ours" ? ours : () => plain(`${platform.url}/ws/peers/${name}/${crypto.randomUUID()}`);
    const warm = await open();
    const cpu = watchCpu();
    const idle: Idle[] = [];
    const kb = [serverMemoryKb()];
    for (const sockets of [SOCKETS, 2 * SOCKETS]) {
      while (idle.length < sockets) idle.push(...(await Promise.all(Array.from({ length: AT_ONCE }, open))));
      for (let left = SECONDS * 1_000; left > 0; left -= PING_EVERY_MS) {
        for (const it of idle) it.ping();
        await wait(Math.min(left, PING_EVERY_MS));
      }
      kb.push(serverMemoryKb());
    }
    const [before = null, first = null, after = null] = kb;
    results.push({
      name,
      kbPerSocket: before === null || first === null ? null : (first - before) / SOCKETS,
      kbOneMore: first === null || after === null ? null : (after - first) / SOCKETS,
      dropped: idle.filter((it) => it.isClosed()).length,
      pongs: idle.reduce((sum, it) => sum + it.pongs(), 0),
      machine: cpu(),
    });
    for (const it of [...idle, warm]) it.close();

    async function ours(): Promise<Idle> {
      const chat = await openRawChat(await nextUser(), crypto.randomUUID());
      if (!(await chat.until((frame) => frame.type === "chat.resume_boundary"))) throw new Error("closed");
      const said = () => chat.frames.filter(({ frame }) => (frame.type as string) === "pong").length;
      return { ping: chat.ping, isClosed: chat.isClosed, close: chat.close, pongs: said };
    }
  } finally {
    await platform.stop();
  }
}
printTable(
  [`${SOCKETS} idle sockets, ${SECONDS} s`, "KB a socket", "KB one more", "dropped", "pongs"],
  results.map(({ name, kbPerSocket, kbOneMore, dropped, pongs }) => [
    name,
    kbPerSocket?.toFixed(0) ?? "?",
    kbOneMore?.toFixed(0) ?? "?",
    String(dropped),
    String(pongs),
  ]),
);
const agent = results.at(-1);
for (const it of results) {
  const ratio = (what: "kbPerSocket" | "kbOneMore") =>
    ((it[what] ?? Number.NaN) / (agent?.[what] ?? Number.NaN)).toFixed(2);
  console.log(`${it.name} ÷ bare Agent: ${ratio("kbPerSocket")}, one more ${ratio("kbOneMore")}; bar ≤ 0.5`);
}
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
