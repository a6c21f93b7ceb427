import { existsSync, readdirSync, readFileSync } from "node:fs";

type Ticks = { total: number; steal: number; idle: number };

function readTicks(): Ticks | null {
  if (!existsSync("/proc/stat")) return null;
  const line = /^cpu +(.*)$/m.exec(readFileSync("/proc/stat", "utf8"))?.[1];
  if (!line) return null;
  // user nice system idle iowait irq softirq steal; guest time, after these, is in user already.
  const ticks = line.split(" ").map(Number).slice(0, 8);
  return { total: ticks.reduce((sum, it) => sum + it, 0), steal: ticks[7] ?? 0, idle: ticks[3] ?? 0 };
}

/** What the machine's processors did since the call, in per cent. Null where the system does not tell. */
export function watchCpu(): () => { stealPercent: number; idlePercent: number } | null {
  const from = readTicks();
  return () => {
    const to = readTicks();
    if (!from || !to || to.total === from.total) return null;
    const share = (part: number) => (100 * part) / (to.total - from.total);
    return { stealPercent: share(to.steal - from.steal), idlePercent: share(to.idle - from.idle) };
  };
}

/** Linux counts a process's time in ticks of 10 ms. */
const TICK_MS = 10;

/**
 * Processor time that this process's workerd has used so far, in milliseconds; null where the system does not tell.
 * Other programs on the machine hardly change it, unlike the time that passes.
 */
export function serverCpuMs(): number | null {
  workerd ??= findWorkerd();
  if (workerd === null) return null;
  const stat = readFileSync(`/proc/${workerd}/stat`, "utf8");
  const [user, system] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user! + system!) * TICK_MS;
}

let workerd: number | null = null;

function findWorkerd(): number | null {
  if (!existsSync("/proc/self/stat")) return null;
  for (const pid of readdirSync("/proc").map(Number).filter(Number.isInteger)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
      if (parent === process.pid && stat.includes("(workerd)")) return pid;
    } catch {
      // A process that ended while we looked.
    }
  }
  return null;
}

/** Memory that this process's workerd holds, in kB (`VmRSS` of proc(5)); null where the system does not tell. */
export function serverMemoryKb(): number | null {
  // Each platform has its own.
  workerd = findWorkerd();
  if (workerd === null) return null;
  const status = readFileSync(`/proc/${workerd}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN);
}
