import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Webhook, WebhookDelivery } from "#protocol/api/webhook";
import { deliveriesQuery, replayDelivery } from "../api/webhooks.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";

const TONES = { pending: "warn", delivered: "good", dead: "bad" } as const;
const WORDS = { pending: "waiting", delivered: "delivered", dead: "given up" };

/** What went to an endpoint last, with how each attempt ended. */
export function WebhookDeliveries({ id, webhook }: { id: string; webhook: Webhook }) {
  const { webhook_id, active } = webhook;
  const queries = useQueryClient();
  const query = deliveriesQuery(id, webhook_id);
  const deliveries = useQuery(query);
  const replay = useMutation({
    mutationFn: (it: WebhookDelivery) => replayDelivery(id, webhook_id, it.delivery_id),
    onSuccess: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  });
  if (deliveries.isPending) return <p className="text-soft">Loading…</p>;
  if (deliveries.isError) return <Problem error={deliveries.error} retry={() => void deliveries.refetch()} />;
  if (deliveries.data.items.length === 0) return <p className="text-soft">Nothing was sent yet.</p>;
  return (
    <div className="space-y-3 border-t border-line pt-4">
      {replay.isError && <Problem error={replay.error} />}
      <ul className="divide-y divide-line">
        {deliveries.data.items.map((it) => (
          <li key={it.delivery_id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2.5">
            <Badge tone={TONES[it.status]}>{WORDS[it.status]}</Badge>
            <code className="font-mono text-sm">{it.type}</code>
            <span className="text-sm text-soft">{moment(it.created_at)}</span>
            <span className="min-w-0 flex-1 basis-48 text-sm break-words text-soft">{outcome(it)}</span>
            <Button
              look="ghost"
              size="small"
              disabled={!active || it.status === "pending" || replay.isPending}
              onClick={() => replay.mutate(it)}
            >
              Send again
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** How the last attempt ended, and when the next one is. */
function outcome({ attempts, tries, status, next_at }: WebhookDelivery): string {
  const last = attempts.at(-1);
  if (!last) return "not sent yet";
  const answer = last.status === null ? (last.error ?? "no answer") : `answered ${last.status}`;
  const times = tries === 1 ? "1 try" : `${tries} tries`;
  const next = status === "pending" && next_at ? `, again ${moment(next_at)}` : "";
  return `${answer} in ${last.ms} ms, ${times}${next}`;
}
