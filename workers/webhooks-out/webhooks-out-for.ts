import type { Scope } from "#enterprises/scope";
import type { WebhookData, WebhookEventType } from "#protocol/api/webhook-event";
import { eventOf } from "#webhooks/event-of";
import { compose } from "../compose.ts";
import type { Env } from "../env.ts";

/** The only way to what a tenant's endpoints are told. Take a new stub after any throw. */
export function webhooksFor(env: Pick<Env, "WEBHOOKS_OUT">, enterpriseId: string) {
  return env.WEBHOOKS_OUT.getByName(enterpriseId);
}

/** Tells of what is done and stays done, whether or not it can be told: tried twice, then left to the log. */
export async function tellOwner<T extends WebhookEventType>(
  env: Env,
  scope: Scope,
  type: T,
  key: string,
  data: WebhookData[T],
): Promise<void> {
  const { log, clock } = compose(env);
  const { enterprise_id } = scope;
  const event = JSON.stringify(eventOf(enterprise_id, type, key, data, clock.now()));
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      await webhooksFor(env, enterprise_id).tell([event]);
      return;
    } catch (cause) {
      log("error", "webhooks.not_told", { enterprise_id, type, cause: String(cause) });
    }
  }
}
