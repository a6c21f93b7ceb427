import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { webhooksQuery } from "../api/webhooks.ts";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { AddWebhook } from "./add-webhook.tsx";
import { WebhookCard } from "./webhook-card.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

export function AppWebhooksTab() {
  const { id } = useParams({ from: "/apps/$id" });
  return <Webhooks key={id} id={id} />;
}

/** Where an app tells what happens: all endpoints, and a new one. */
export function Webhooks({ id }: { id: string }) {
  const webhooks = useQuery(webhooksQuery(id));
  const [secret, setSecret] = useState<string | null>(null);
  if (webhooks.isPending) return <PageLoading />;
  return (
    <div className="mx-auto w-full max-w-6xl space-y-6 px-4 py-8 sm:px-6">
      <h2 className="sr-only">Webhooks</h2>
      <p className="max-w-2xl text-soft">
        Your own server is told what happens in this app: a signed request for each event, tried again for a
        day until it gets through.
      </p>
      {webhooks.isError && <Problem error={webhooks.error} retry={() => void webhooks.refetch()} />}
      {secret !== null && <WebhookSecret secret={secret} onDone={() => setSecret(null)} />}
      {webhooks.data?.items.length === 0 && (
        <Empty title="No webhooks yet">Add the address of your server to be told of events.</Empty>
      )}
      <ul className="space-y-4">
        {webhooks.data?.items.map((webhook) => (
          <WebhookCard key={webhook.webhook_id} id={id} webhook={webhook} onSecret={setSecret} />
        ))}
      </ul>
      {webhooks.data && <AddWebhook id={id} onSecret={setSecret} />}
    </div>
  );
}
