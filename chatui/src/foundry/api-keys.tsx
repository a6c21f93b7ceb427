import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ApiKey, CreatedKey } from "#protocol/api/key";
import { keysQuery, makeKey, type NewKey, revokeKey } from "../api/keys.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { NewKeyForm } from "./new-key-form.tsx";
import { ShownOnce } from "./shown-once.tsx";

/** The keys of an app's programs: who uses them, what for, and until when. */
export function ApiKeys({ id }: { id: string }) {
  const queries = useQueryClient();
  const keys = useQuery(keysQuery(id));
  const [asking, setAsking] = useState(false);
  const [made, setMade] = useState<CreatedKey | null>(null);
  const making = useMutation({
    mutationFn: (key: NewKey) => makeKey(id, key),
    onSuccess: (key) => {
      setMade(key);
      setAsking(false);
      void queries.invalidateQueries({ queryKey: keysQuery(id).queryKey });
    },
  });
  return (
    <div className="space-y-5">
      {made && <ShownOnce title={`The key “${made.name}”`} value={made.key} onDone={() => setMade(null)} />}
      {asking ? (
        <NewKeyForm
          busy={making.isPending}
          error={making.error}
          onMake={(key) => making.mutate(key)}
          onLeave={() => {
            making.reset();
            setAsking(false);
          }}
        />
      ) : (
        <Button look="secondary" onClick={() => setAsking(true)}>
          New key
        </Button>
      )}
      {keys.isError && <Problem error={keys.error} retry={() => void keys.refetch()} />}
      {keys.data?.items.length === 0 && <p className="text-soft">No keys yet.</p>}
      <ul className="space-y-3">
        {keys.data?.items.map((key) => (
          <KeyLine key={key.key_id} id={id} it={key} />
        ))}
      </ul>
    </div>
  );
}

/** Revoking asks once more: a program stops at once, and what it signed in is closed. */
function KeyLine({ id, it }: { id: string; it: ApiKey }) {
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const revoking = useMutation({
    mutationFn: () => revokeKey(id, it.key_id),
    onSettled: () => void queries.invalidateQueries({ queryKey: keysQuery(id).queryKey }),
  });
  const used = it.last_used_at ? `Last used ${moment(it.last_used_at)}` : "Not used yet";
  const until = it.expires_at ? ` · until ${moment(it.expires_at)}` : "";
  return (
    <li className="space-y-2 rounded-2xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 font-medium break-words">{it.name}</h3>
        <code className="font-mono text-sm text-soft">{it.prefix}…</code>
        {!it.active && <Badge tone="bad">does not work</Badge>}
        <span className="flex-1" />
        {sure ? (
          <>
            <Button look="danger" size="small" busy={revoking.isPending} onClick={() => revoking.mutate()}>
              Revoke for good
            </Button>
            <Button look="ghost" size="small" onClick={() => setSure(false)}>
              Keep
            </Button>
          </>
        ) : (
          <Button look="ghost" size="small" onClick={() => setSure(true)} aria-label={`Revoke ${it.name}`}>
            Revoke
          </Button>
        )}
      </div>
      <div className="flex flex-wrap gap-1.5">
        {it.scopes.map((scope) => (
          <span key={scope} className="rounded-md bg-sunken px-2 py-0.5 font-mono text-[0.8rem]">
            {scope}
          </span>
        ))}
      </div>
      <p className="text-sm text-soft">{used + until}</p>
      {revoking.isError && <Problem error={revoking.error} />}
    </li>
  );
}
