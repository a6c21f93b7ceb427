import type { EnterpriseRow } from "#enterprises/tables";
import type { Env } from "../env.ts";
import type { Call } from "./call.ts";

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

/** The absolute socket address of a chat, on the address that was called. Braces are left for the client to fill. */
export function chatSocketUrl(
  call: Call,
  it: { workflow: string; enterpriseId: string; chatId?: string; userId?: string },
): string {
  const base = call.origin.replace(/^http/, "ws") + (call.site?.prefix ?? "");
  return `${base}/ws/${it.workflow}/${it.enterpriseId}/${it.chatId ?? "{chat_id}"}/${it.userId ?? "{user_id}"}`;
}

/** An enterprise as the API shows it. */
export function appView(env: Env, row: EnterpriseRow) {
  return {
    enterprise_id: row.enterpriseId,
    slug: row.slug,
    name: row.name,
    description: row.description,
    url: appUrl(env, row),
    status: row.status,
    live_version: row.liveVersion,
    branding: row.branding,
    show_cost: row.showCost,
    created_at: new Date(row.createdAt).toISOString(),
  };
}
