import { existsSync, readFileSync } from "node:fs";

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
