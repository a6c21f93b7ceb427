import { queryOptions } from "@tanstack/react-query";
import type { Webhook, WebhookDelivery } from "#protocol/api/webhook";
import { getJson, sendJson } from "./http.ts";

type WithSecret = Webhook & { secret: string };

export function webhooksQuery(enterpriseId: string) {
  return queryOptions({
    queryKey: ["webhooks", enterpriseId],
    queryFn: () => getJson<{ items: Webhook[] }>(pathOf(enterpriseId)),
  });
}

/** What went to an endpoint last, newest first. It is looked at again while something is on its way. */
export function deliveriesQuery(enterpriseId: string, webhookId: string) {
  return queryOptions({
    queryKey: ["webhooks", enterpriseId, webhookId, "deliveries"],
    queryFn: () =>
      getJson<{ items: WebhookDelivery[] }>(`${pathOf(enterpriseId)}/${webhookId}/deliveries?limit=20`),
    refetchInterval: ({ state }) => (state.data?.items.some((it) => it.status === "pending") ? 3_000 : false),
  });
}

export type NewWebhook = Pick<Webhook, "url" | "events" | "include_text">;

export function addWebhook(enterpriseId: string, webhook: NewWebhook): Promise<WithSecret> {
  return sendJson("POST", pathOf(enterpriseId), webhook);
}

export function switchWebhook(enterpriseId: string, webhookId: string, active: boolean): Promise<Webhook> {
  return sendJson("PATCH", `${pathOf(enterpriseId)}/${webhookId}`, { active });
}

export function removeWebhook(enterpriseId: string, webhookId: string): Promise<unknown> {
  return sendJson("DELETE", `${pathOf(enterpriseId)}/${webhookId}`);
}

export function rotateWebhook(enterpriseId: string, webhookId: string): Promise<WithSecret> {
  return sendJson("POST", `${pathOf(enterpriseId)}/${webhookId}/rotate`);
}

export function pingWebhook(enterpriseId: string, webhookId: string): Promise<unknown> {
  return sendJson("POST", `${pathOf(enterpriseId)}/${webhookId}/test`);
}

export function replayDelivery(
  enterpriseId: string,
  webhookId: string,
  deliveryId: string,
): Promise<unknown> {
  return sendJson("POST", `${pathOf(enterpriseId)}/${webhookId}/deliveries/${deliveryId}/replay`);
}

function pathOf(enterpriseId: string): string {
  return `/api/apps/${enterpriseId}/webhooks`;
}
