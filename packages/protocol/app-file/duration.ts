import * as z from "zod";

const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const MAX_MS = 30 * UNIT_MS.d;

/** How long to wait for a person: a number of minutes, hours or days (`30m`, `24h`, `7d`), at most 30 days. */
export const duration = z
  .string()
  .regex(/^[1-9]\d{0,4}[mhd]$/, { message: "must be like '30m', '24h' or '7d'", abort: true })
  .refine((text) => durationMs(text) <= MAX_MS, "must be at most 30 days");

/** Milliseconds of a checked duration. */
export function durationMs(text: string): number {
  return Number(text.slice(0, -1)) * UNIT_MS[text.slice(-1) as keyof typeof UNIT_MS];
}
