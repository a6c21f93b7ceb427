/** A complete event of Chromium's trace: `ts` and `dur` in microseconds. */
type TraceEvent = {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args?: { name?: string };
};

const WORK = new Set([
  "FunctionCall",
  "EvaluateScript",
  "RunMicrotasks",
  "TimerFire",
  "FireAnimationFrame",
  "EventDispatch",
  "UpdateLayoutTree",
  "Layout",
  "MinorGC",
  "MajorGC",
]);
const LONG_TASK_US = 50_000;
/** A screen of 60 Hz. */
const FRAME_US = 1_000_000 / 60;

/**
 * What a page's main thread spent on script, style and layout in each sixtieth of a second, in milliseconds, of those
 * in which it began any; and how many of its tasks took more than 50 ms.
 */
export function frameCosts(trace: Buffer): { costsMs: number[]; longTasks: number } {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const key = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const mains = traceEvents
    .filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
    .map(key);
  const layouts = (thread: string) =>
    traceEvents.filter((it) => it.name === "Layout" && key(it) === thread).length;
  const [main] = mains.toSorted((a, b) => layouts(b) - layouts(a));
  const mine = traceEvents.filter((it) => key(it) === main).sort((a, b) => a.ts - b.ts);
  const frames = new Map<number, number>();
  let end = 0;
  for (const { name, ph, ts, dur = 0 } of mine) {
    // What stands inside of an event that was counted is counted.
    if (ph !== "X" || !WORK.has(name) || ts < end) continue;
    end = ts + dur;
    const frame = Math.floor(ts / FRAME_US);
    frames.set(frame, (frames.get(frame) ?? 0) + dur / 1_000);
  }
  const longTasks = mine.filter(({ name, dur = 0 }) => name === "RunTask" && dur > LONG_TASK_US).length;
  return { costsMs: [...frames.values()], longTasks };
}
