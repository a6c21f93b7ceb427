import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { killablePlatform } from "../journeys/kill/killable-platform.ts";
import { collectedHeapKb } from "./chaos/collected-heap.ts";
import { type Absence, restlessChat } from "./chaos/restless-chat.ts";
import { makeBenchApp } from "./turn/bench-app.ts";
import { STATE_FOLDER } from "./turn/bench-platform.ts";
import { serverMemoryKb, watchCpu } from "./turn/cpu.ts";
import { machineInWords, writeResult } from "./turn/result-file.ts";
import { quantile } from "./turn/statistics.ts";
import { printTable } from "./turn/table.ts";

/**
 * B18: chats that talk without end, drop their sockets now and then, lose the whole process to SIGKILL, and whose
 * database fails or hangs for a sixth of the time. Says what share of the time they were connected and why they were
 * not, whether a message that was acknowledged was lost or doubled, and how much more the server holds with time.
 * `CHAOS_MINUTES` makes it longer.
 */
const MINUTES = Number(process.env.CHAOS_MINUTES ?? 2);
const CHATS = 20;
/** At least one kill, and one in this time. */
const KILL_EVERY_MS = 10 * 60_000;
/** The newest process is warm after so long, and is looked into so often. */
const WARM_MS = 30_000;
const READ_EVERY_MS = 15_000;

const platform = await killablePlatform(join(import.meta.dirname, "turn/worker/bench-model.ts"), {
  entry: join(import.meta.dirname, "chaos/worker/index.ts"),
  folder: STATE_FOLDER,
  inspect: true,
});
try {
  const app = await makeBenchApp(platform.url());
  const endAt = performance.now() + MINUTES * 60_000;
  let origin = platform.url();
  const downs: Absence[] = [];
  const cpu = watchCpu();
  const lives = Array.from({ length: CHATS }, () =>
    restlessChat(
      app,
      () => origin,
      () => performance.now() > endAt,
    ),
  );
  const kills = Math.max(1, Math.floor((MINUTES * 60_000) / KILL_EVERY_MS));
  const memory: Reading[] = [];
  for (let n = 0; n < kills; n++) {
    await wait((endAt - performance.now()) / (kills - n + 1));
    const from = performance.now();
    platform.kill();
    await platform.restart();
    origin = platform.url();
    downs.push({ from, ms: performance.now() - from });
  }
  // Of one process, from when it is warm to the end.
  for (let left = WARM_MS; performance.now() + left < endAt; left = READ_EVERY_MS) {
    await wait(left);
    memory.push({
      at: performance.now(),
      heapKb: await collectedHeapKb(platform.mf()),
      processKb: serverMemoryKb(),
    });
  }
  const all = await Promise.all(lives);
  const machine = cpu();
  const sum = (of: (life: (typeof all)[number]) => number) => all.reduce((total, it) => total + of(it), 0);
  const absent = all.flatMap((it) => it.absences);
  // Who comes back after a kill waits a moment first, so that not all come at once.
  const byKill = absent.filter((it) =>
    downs.some((down) => it.from < down.from + down.ms && ends(it) > ends(down)),
  );
  const byDrop = absent.filter((it) => !byKill.includes(it));
  const wanted = sum((it) => it.connectedMs) + total(absent);
  const share = (ms: number) => ((100 * ms) / wanted).toFixed(3);
  const acked = sum((it) => it.acked.size);
  const [lost, doubled] = [sum(lostOf), sum(doubledOf)];
  const growth = (of: (reading: Reading) => number | null) => slope(memory, of).toFixed(2);
  printTable(
    [`${CHATS} chats, ${MINUTES} min, ${kills} kills`, "ours", "bar"],
    [
      ["connected, %", share(sum((it) => it.connectedMs)), "≥ 99.95"],
      ["away by kills, %", share(total(byKill)), ""],
      ["away by drops of their own, %", share(total(byDrop)), ""],
      ["acknowledged", String(acked), ""],
      ["lost", String(lost), "0"],
      ["doubled", String(doubled), "0"],
      ["heap without garbage, MB/min", growth((it) => it.heapKb), "< 1"],
      ["the process, MB/min", growth((it) => it.processKb), ""],
    ],
  );
  const back = (q: number) =>
    `${quantile(
      byDrop.map(({ ms }) => ms),
      q,
    ).toFixed(0)} ms`;
  console.log(
    `down for ${(total(downs) / 1_000).toFixed(1)} s in all; back after a drop: p50 ${back(0.5)}, p99 ${back(0.99)}, at most ${back(1)} of ${byDrop.length}`,
  );
  console.log(`${machineInWords()}; ${machine?.stealPercent.toFixed(1) ?? "?"} % stolen`);
  writeResult("chaos", { machine, minutes: MINUTES, downs, absent, wanted, acked, lost, doubled, memory });
  if (lost > 0 || doubled > 0) process.exitCode = 1;
} finally {
  await platform.end();
}

type Life = Awaited<ReturnType<typeof restlessChat>>;
type Reading = { at: number; heapKb: number; processKb: number | null };

function ends({ from, ms }: Absence): number {
  return from + ms;
}

function total(absences: readonly Absence[]): number {
  return absences.reduce((sum, { ms }) => sum + ms, 0);
}

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
function slope(readings: readonly Reading[], of: (reading: Reading) => number | null): number {
  const known = readings.flatMap((it) => {
    const kb = of(it);
    return kb === null ? [] : [{ x: it.at / 60_000, y: kb / 1_024 }];
  });
  const mean = (part: (it: { x: number; y: number }) => number) =>
    known.reduce((sum, it) => sum + part(it), 0) / known.length;
  const [x, y] = [mean((it) => it.x), mean((it) => it.y)];
  return mean((it) => (it.x - x) * (it.y - y)) / mean((it) => (it.x - x) ** 2);
}
