/**
 * Resolves when a person or a program asks this process to stop: Ctrl-C, SIGTERM, a closed terminal, or the end of
 * the launcher that started it. Asking again changes nothing.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    if (process.channel) process.on("disconnect", () => resolve());
  });
}
