import { Cron } from "croner";

/** Two runs of a schedule are at least this far apart. */
export const MIN_APART_MS = 5 * 60_000;
/** How many runs are looked at to find two that are too close. */
const LOOKED_AT = 300;
const FROM = Date.UTC(2026, 0, 1);

/**
 * The first time after `afterMs` that a schedule is due, or null if there is none. In a time zone with summer time a
 * skipped hour's run comes at the hour's end, and a doubled hour's run once.
 */
export function nextDue(cron: string, timeZone: string, afterMs: number): number | null {
  return new Cron(cron, { mode: "5-part", timezone: timeZone }).nextRun(new Date(afterMs))?.getTime() ?? null;
}

/** What is wrong with a schedule, as a sentence, or null. */
export function scheduleProblem(cron: string, timeZone: string): string | null {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    return `"${timeZone}" is not the name of a time zone, like "Europe/Berlin".`;
  }
  try {
    const runs = new Cron(cron, { mode: "5-part", timezone: timeZone }).nextRuns(LOOKED_AT, new Date(FROM));
    if (runs.length === 0) return "This time never comes.";
    const isTooOften = runs.some((it, at) => at > 0 && it.getTime() - runs[at - 1]!.getTime() < MIN_APART_MS);
    return isTooOften ? "A schedule can run at most every five minutes." : null;
  } catch {
    return 'This is not a schedule: it has minute, hour, day, month and weekday, like "0 9 * * 1-5".';
  }
}
