import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Webhook } from "#protocol/api/webhook";
import { pingWebhook, removeWebhook, rotateWebhook, switchWebhook, webhooksQuery } from "../api/webhooks.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { WebhookDeliveries } from "./webhook-deliveries.tsx";

const OFF_WORDS = {
  gone: "Switched off: the address says that it is gone (410).",
  failing: "Switched off: nothing had got through for three days.",
};

type Props = { id: string; webhook: Webhook; onSecret: (secret: string) => void };

/** One endpoint: how it stands, what can be done with it, and what went to it. */
export function WebhookCard({ id, webhook, onSecret }: Props) {
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const { webhook_id, active, off_reason, failing_since, old_secret_until } = webhook;
  const doing = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: () => queries.invalidateQueries({ queryKey: webhooksQuery(id).queryKey }),
  });
  const act = (work: () => Promise<unknown>) => () => doing.mutate(work);
  return (
    <li className="space-y-4 rounded-2xl border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-mono text-[0.95rem] font-semibold break-all">{webhook.url}</h3>
        <Badge tone={active ? "good" : "plain"}>{active ? "on" : "off"}</Badge>
        {active && failing_since !== null && <Badge tone="bad">failing</Badge>}
        {webhook.include_text && <Badge>with text</Badge>}
      </div>
      <p className="text-sm text-soft">{webhook.events.join(" · ")}</p>
      {off_reason && <p className="text-bad">{OFF_WORDS[off_reason]}</p>}
      {active && failing_since && (
        <p className="text-bad">Nothing has got through since {moment(failing_since)}.</p>
      )}
      {old_secret_until && (
        <p className="text-soft">The secret before is good until {moment(old_secret_until)}.</p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          look="secondary"
          size="small"
          disabled={!active || doing.isPending}
          onClick={act(() => pingWebhook(id, webhook_id))}
        >
          Send a test
        </Button>
        <Button
          look="secondary"
          size="small"
          disabled={doing.isPending}
          onClick={act(() => switchWebhook(id, webhook_id, !active))}
        >
          {active ? "Switch off" : "Switch on"}
        </Button>
        <Button
          look="secondary"
          size="small"
          disabled={doing.isPending}
          onClick={act(async () => onSecret((await rotateWebhook(id, webhook_id)).secret))}
        >
          New secret
        </Button>
        <Button
          look="ghost"
          size="small"
          disabled={doing.isPending}
          onClick={act(() => removeWebhook(id, webhook_id))}
        >
          Remove
        </Button>
        <Button look="ghost" size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          Recent deliveries
        </Button>
      </div>
      {doing.isError && <Problem error={doing.error} />}
      {open && <WebhookDeliveries id={id} webhook={webhook} />}
    </li>
  );
}
