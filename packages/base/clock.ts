/** The one source of time. `now()` is milliseconds since the Unix epoch, UTC. */
export interface Clock {
  now(): number;
}

/** ISO 8601 UTC, as every time is written on the wire. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
