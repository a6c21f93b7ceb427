import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { webhookEventType } from "#protocol/api/webhook-event";
import { addWebhook, type NewWebhook, webhooksQuery } from "../api/webhooks.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";

const EVENTS: Record<string, string> = {
  "chat.finished": "A run of a chat ended",
  "approval.waiting": "Something waits for a yes",
  "operator.requested": "Somebody asked for a human",
  "budget.reached": "A part of a spending limit is used",
  "build.finished": "A build ended",
  "version.published": "A version went live",
  "feedback.given": "Somebody rated an answer",
};
const NONE: NewWebhook = { url: "", events: ["chat.finished"], include_text: false };

type Props = { id: string; onSecret: (secret: string) => void };

export function AddWebhook({ id, onSecret }: Props) {
  const queries = useQueryClient();
  const [wish, setWish] = useState(NONE);
  const adding = useMutation({
    mutationFn: () => addWebhook(id, wish),
    onSuccess({ secret }) {
      onSecret(secret);
      setWish(NONE);
      void queries.invalidateQueries({ queryKey: webhooksQuery(id).queryKey });
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    adding.mutate();
  }
  function tick(type: string, wanted: boolean) {
    const others = wish.events.filter((it) => it !== type);
    setWish({ ...wish, events: wanted ? [...others, type] : others });
  }
  return (
    <form onSubmit={submit} className="space-y-5 rounded-2xl border border-line bg-surface p-5" noValidate>
      <h3 className="text-lg font-semibold">Add a webhook</h3>
      <Field
        label="Address"
        type="url"
        placeholder="https://example.com/webhooks"
        autoComplete="off"
        spellCheck={false}
        value={wish.url}
        onChange={(event) => {
          adding.reset();
          setWish({ ...wish, url: event.target.value });
        }}
      />
      <fieldset className="space-y-2">
        <legend className="text-sm font-medium">Events</legend>
        {webhookEventType.options.map((type) => (
          <label key={type} className="flex items-baseline gap-2.5">
            <input
              type="checkbox"
              name={type}
              checked={wish.events.includes(type)}
              onChange={(event) => tick(type, event.target.checked)}
            />
            <span>{EVENTS[type] ?? type}</span>
            <code className="font-mono text-sm text-soft">{type}</code>
          </label>
        ))}
      </fieldset>
      <label className="flex items-baseline gap-2.5">
        <input
          type="checkbox"
          name="include_text"
          checked={wish.include_text}
          onChange={(event) => setWish({ ...wish, include_text: event.target.checked })}
        />
        <span>Send along what people and agents wrote</span>
      </label>
      {adding.isError && <Problem error={adding.error} />}
      <Button type="submit" busy={adding.isPending} disabled={wish.url === "" || wish.events.length === 0}>
        Add webhook
      </Button>
    </form>
  );
}
