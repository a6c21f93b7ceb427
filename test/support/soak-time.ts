const started = performance.now();

/** Whether a soak may begin another round: always, unless it was given a number of minutes. */
export function isTimeLeft(): boolean {
  const { SOAK_MINUTES } = process.env;
  return SOAK_MINUTES === undefined || performance.now() - started < Number(SOAK_MINUTES) * 60_000;
}
