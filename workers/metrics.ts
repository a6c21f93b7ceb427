import type { Env } from "./env.ts";

/**
 * What is counted, with the order of its texts and numbers: what stands where in Analytics Engine can't change later.
 * - `request`: method, pattern of the route (`/api/apps/:enterprise_id`), status; milliseconds.
 */
export type Point = { kind: "request"; method: string; route: string; status: number; ms: number };
export type Metrics = (point: Point) => void;

/** Analytics Engine where bound, else nothing. Never waits and never throws: no work ends because nobody counts it (F44). */
export function metricsOf({ METRICS }: Pick<Env, "METRICS">): Metrics {
  if (!METRICS) return () => {};
  return ({ kind, method, route, status, ms }) => {
    try {
      METRICS.writeDataPoint({
        indexes: [kind],
        blobs: [kind, method, route, String(status)],
        doubles: [ms],
      });
    } catch {
      // Dropped.
    }
  };
}
