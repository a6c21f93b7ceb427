import type { Env } from "./env.ts";

/** The origin of an app's own site, where its end users chat. */
export function appUrl(env: Env, slug: string): string {
  return `${new URL(env.FOUNDRY_URL).protocol}//${slug}.${env.APPS_HOST}`;
}
