const SLOT = "mozaiks.builds";

/** Which build of an app this browser saw last, so that a page that was left can be found again. */
export function rememberBuild(enterpriseId: string, buildId: string): void {
  localStorage.setItem(SLOT, JSON.stringify({ ...read(), [enterpriseId]: buildId }));
}

export function lastBuild(enterpriseId: string): string | null {
  const build = read()[enterpriseId];
  return typeof build === "string" ? build : null;
}

function read(): Record<string, unknown> {
  try {
    return (JSON.parse(localStorage.getItem(SLOT) ?? "{}") ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
}
