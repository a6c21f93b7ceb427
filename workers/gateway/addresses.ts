import type { EnterpriseRow } from "#enterprises/tables";
import { appUrl } from "../app-url.ts";
import type { Env } from "../env.ts";
import type { Call } from "./call.ts";

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
    draft_version: row.draftVersion,
    branding: row.branding,
    logo: row.logo && `/api/apps/${row.enterpriseId}/logo/${row.logo.name}`,
    show_cost: row.showCost,
    created_at: new Date(row.createdAt).toISOString(),
  };
}
