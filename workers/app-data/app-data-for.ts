import type { Env } from "../env.ts";

/** The only way to a tenant's app data; `scratch` names a throw-away copy for acceptance conversations. */
export function appDataFor(env: Env, enterpriseId: string, scratch?: string) {
  return env.APP_DATA.getByName(scratch ? `${enterpriseId}:scratch:${scratch}` : enterpriseId);
}
