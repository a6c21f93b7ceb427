import { Button } from "../ui/button.tsx";

/** A signing secret, this once. */
export function WebhookSecret({ secret, onDone }: { secret: string; onDone: () => void }) {
  return (
    <section
      aria-label="Signing secret"
      role="status"
      className="space-y-3 rounded-2xl border border-line bg-accent-wash p-5"
    >
      <p className="font-medium">Copy the signing secret now. It is not shown again.</p>
      <code className="block rounded-xl bg-surface px-3.5 py-2.5 font-mono text-sm break-all select-all">
        {secret}
      </code>
      <Button look="secondary" size="small" onClick={onDone}>
        I have it
      </Button>
    </section>
  );
}
