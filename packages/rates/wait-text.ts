/** How long somebody is asked to wait, in words: `20 seconds`, `3 minutes`. */
export function waitText(seconds: number): string {
  const [n, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `${n} ${unit}${n === 1 ? "" : "s"}`;
}
