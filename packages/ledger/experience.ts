import type { Analytics } from "#protocol/api/analytics";
import { percentile } from "./latency.ts";
import type { Op } from "./operate.ts";
import type { Windows } from "./rollups.ts";

type Experience = Pick<Analytics, "completion" | "handoffs" | "thumbs" | "latency_ms">;

/** How runs went on some days: how they ended, how fast they were, what people thought. */
export function experience(op: Op, { first, last }: Windows): Experience {
  const rows = op.sql.exec(
    "SELECT name, SUM(n) AS n FROM day_counts WHERE day_at BETWEEN ? AND ? GROUP BY name",
    first,
    last,
  );
  const counts = new Map(rows.map((row) => [String(row.name), Number(row.n)]));
  const of = (name: string) => counts.get(name) ?? 0;
  const [completed, paused, failed, cancelled] = ["completed", "paused", "failed", "cancelled"].map(of) as [
    number,
    number,
    number,
    number,
  ];
  const ended = completed + failed + cancelled;
  return {
    completion: {
      completed,
      paused,
      failed,
      cancelled,
      rate: ended === 0 ? null : Math.round((completed / ended) * 10_000) / 10_000,
    },
    handoffs: of("handoffs"),
    thumbs: { up: of("up"), down: of("down") },
    latency_ms: { first_token: latencies(counts, "first_token:"), run: latencies(counts, "duration:") },
  };
}

function latencies(counts: ReadonlyMap<string, number>, prefix: string) {
  const classes = new Map<number, number>();
  for (const [name, n] of counts) {
    if (name.startsWith(prefix)) classes.set(Number(name.slice(prefix.length)), n);
  }
  return { p50: percentile(classes, 0.5), p95: percentile(classes, 0.95), p99: percentile(classes, 0.99) };
}
