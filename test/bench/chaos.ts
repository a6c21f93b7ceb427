import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { killablePlatform } from "../journeys/kill/killable-platform.ts";
import { restlessChat } from "./chaos/restless-chat.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { serverMemoryKb, watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { printTable } from "./turn/table.ts";

/**
 * B18: chats that talk without end, drop their sockets now and then, lose the whole process to SIGKILL, and whose database
 * fails or hangs for a sixth of the time. Says what share of the time they were connected, whether a message that was acknowledged was lost or doubled, and how the
 * server's memory grows. `CHAOS_MINUTES` makes it longer.
 */
const MINUTES = Number(process.env.CHAOS_MINUTES ?? 2);
const CHATS = 20;
/** At least one kill, and one in this time. */
const KILL_EVERY_MS = 10 * 60_000;

const platform = await killablePlatform(
  join(import.meta.dirname, "turn/worker/bench-model.ts"),
  join(import.meta.dirname, "chaos/worker/index.ts"),
);
try {
  const app = await makeBenchApp(platform.url());
  const endAt = performance.now() + MINUTES * 60_000;
  let origin = platform.url();
  let downMs = 0;
  const cpu = watchCpu();
  const lives = Array.from({ length: CHATS }, () =>
    restlessChat(
      app,
      () => origin,
      () => performance.now() > endAt,
    ),
  );
  const kills = Math.max(1, Math.floor((MINUTES * 60_000) / KILL_EVERY_MS));
  const memory: { at: number; kb: number | null }[] = [];
  for (let n = 0; n < kills; n++) {
    await wait((endAt - performance.now()) / (kills - n + 1));
    const from = performance.now();
    platform.kill();
    await platform.restart();
    origin = platform.url();
    downMs += performance.now() - from;
  }
  // Of one process, from when it is warm to the end.
  await wait(5_000);
  while (performance.now() < endAt) {
    memory.push({ at: performance.now(), kb: serverMemoryKb() });
    await wait(Math.min(5_000, Math.max(100, endAt - performance.now())));
  }
  const all = await Promise.all(lives);
  const machine = cpu();
  const sum = (of: (life: (typeof all)[number]) => number) => all.reduce((total, it) => total + of(it), 0);
  const available = (100 * sum((it) => it.connectedMs)) / sum((it) => it.wantedMs);
  const acked = sum((it) => it.acked.size);
  const [lost, doubled] = [sum(lostOf), sum(doubledOf)];
  const perMinute = slope(memory);
  printTable(
    [
      `${CHATS} chats, ${MINUTES} min, ${kills} kills`,
      "connected %",
      "acknowledged",
      "lost",
      "doubled",
      "MB/min",
    ],
    [["ours", available.toFixed(3), String(acked), String(lost), String(doubled), perMinute.toFixed(2)]],
  );
  const down = (downMs / 1_000).toFixed(1);
  console.log(`down for ${down} s in all; bar: ≥ 99.95 % in 30 minutes, 0 lost, 0 doubled, < 1 MB/min`);
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("chaos", { machine, minutes: MINUTES, kills, downMs, available, acked, lost, doubled, memory });
  if (lost > 0 || doubled > 0) process.exitCode = 1;
} finally {
  await platform.end();
}

type Life = Awaited<ReturnType<typeof restlessChat>>;

function saidIn(life: Life): string[] {
  return life.frames.flatMap((frame) =>
    frame.type === "chat.text" && frame.data.role === "user" ? (frame.data.client_message_id ?? []) : [],
  );
}

function lostOf(life: Life): number {
  const said = new Set(saidIn(life));
  return [...life.acked].filter((id) => !said.has(id)).length;
}

/** A message said twice, or a frame that came twice. */
function doubledOf(life: Life): number {
  const said = saidIn(life);
  const seqs = life.frames.map(({ seq }) => seq);
  return said.length - new Set(said).size + (seqs.length - new Set(seqs).size);
}

/** The least-squares line through the readings, in MB a minute. */
function slope(readings: { at: number; kb: number | null }[]): number {
  const known = readings.flatMap(({ at, kb }) => (kb === null ? [] : [{ x: at / 60_000, y: kb / 1_024 }]));
  const mean = (of: (it: { x: number; y: number }) => number) =>
    known.reduce((total, it) => total + of(it), 0) / known.length;
  const [x, y] = [mean((it) => it.x), mean((it) => it.y)];
  return mean((it) => (it.x - x) * (it.y - y)) / mean((it) => (it.x - x) ** 2);
}
