import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CreatedIdentitySecret, IdentitySettings } from "#protocol/api/identity";
import { identityQuery, makeIdentitySecret, removeIdentitySecret } from "../api/keys.ts";
import { moment } from "../ui/amounts.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { ShownOnce } from "./shown-once.tsx";

type Props = { id: string; secrets: IdentitySettings["secrets"] };

/** At most two, so that a new one can be put in place before the old one goes. */
export function IdentitySecrets({ id, secrets }: Props) {
  const queries = useQueryClient();
  const [made, setMade] = useState<CreatedIdentitySecret | null>(null);
  const again = () => queries.invalidateQueries({ queryKey: identityQuery(id).queryKey });
  const making = useMutation({
    mutationFn: () => makeIdentitySecret(id),
    onSuccess: setMade,
    onSettled: () => void again(),
  });
  const removing = useMutation({
    mutationFn: (secretId: string) => removeIdentitySecret(id, secretId),
    onSettled: () => void again(),
  });
  return (
    <div className="space-y-3">
      <h3 className="text-sm font-medium">Secrets</h3>
      {made && (
        <ShownOnce title="The secret for your server" value={made.secret} onDone={() => setMade(null)} />
      )}
      <ul className="space-y-2">
        {secrets.map(({ secret_id, created_at }, n) => (
          <li key={secret_id} className="flex items-center gap-3 rounded-xl border border-line px-4 py-2">
            <span className="flex-1">Made {moment(created_at)}</span>
            <Button
              look="ghost"
              size="small"
              busy={removing.isPending && removing.variables === secret_id}
              aria-label={`Remove secret ${n + 1}`}
              onClick={() => removing.mutate(secret_id)}
            >
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {(making.isError || removing.isError) && <Problem error={making.error ?? removing.error} />}
      <Button
        look="secondary"
        busy={making.isPending}
        disabled={secrets.length >= 2}
        onClick={() => making.mutate()}
      >
        New secret
      </Button>
    </div>
  );
}
