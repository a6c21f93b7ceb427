import type { Deps } from "./compose.ts";

/** The secrets of one app, by name, for calls that leave. */
export function appSecrets(_deps: Deps, _enterpriseId: string): (name: string) => Promise<string | null> {
  return async () => null;
}
