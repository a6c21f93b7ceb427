import type { EnterpriseRow } from "#enterprises/tables";
import type { Env } from "./env.ts";

/** The origin of an app's own site, where its end users chat: its main domain, or its slug's. */
export function appUrl(env: Env, app: Pick<EnterpriseRow, "slug" | "primaryHost">): string {
  return app.primaryHost === null ? slugUrl(env, app.slug) : domainUrl(env, app.primaryHost);
}

/** The origin by its slug: it is always there. */
export function slugUrl(env: Env, slug: string): string {
  return `${new URL(env.FOUNDRY_URL).protocol}//${slug}.${env.APPS_HOST}`;
}

/** The origin of a domain of its own: with the port that all of the platform has, where there is one. */
export function domainUrl(env: Env, host: string): string {
  const { port } = new URL(`http://${env.APPS_HOST}`);
  return `${new URL(env.FOUNDRY_URL).protocol}//${host}${port && `:${port}`}`;
}
