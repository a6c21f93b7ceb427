import type { Scope } from "#enterprises/scope";
import { readSecret } from "#secrets/secret-store";
import { secretDeps } from "./secret-deps.ts";

/**
 * Reads an app's secrets for one run, each at most once. Values live as long as the run that holds this function: a
 * change counts from the next run on, and nothing of one tenant is in reach of another.
 */
export function secretsOfRun(deps: Parameters<typeof secretDeps>[0], scope: Scope) {
  const store = secretDeps(deps);
  const read = new Map<string, Promise<string | null>>();
  return (name: string): Promise<string | null> => {
    let value = read.get(name);
    if (!value) {
      value = readSecret(store, scope, name);
      read.set(name, value);
      // What could not be read is asked for again.
      value.catch(() => read.delete(name));
    }
    return value;
  };
}
