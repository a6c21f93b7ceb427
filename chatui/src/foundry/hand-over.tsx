import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { appQuery } from "../api/apps.ts";
import type { ApiFailure } from "../api/failure.ts";
import { useSignOut } from "../api/me.ts";
import { handOver, membersQuery } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { INPUT_LOOK } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";

/** Makes one of the admins the owner; who does it must have signed in just now. */
export function HandOver({ id }: { id: string }) {
  const queries = useQueryClient();
  const signOut = useSignOut();
  const members = useQuery(membersQuery(id));
  const [to, setTo] = useState("");
  const handing = useMutation({
    mutationFn: () => handOver(id, to),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: membersQuery(id).queryKey });
      void queries.invalidateQueries({ queryKey: appQuery(id).queryKey });
    },
  });
  const admins = members.data?.items.filter(({ role }) => role === "admin") ?? [];
  if (admins.length === 0) return <p className="text-soft">There is no admin to hand it to yet.</p>;
  const isStale = (handing.error as ApiFailure | null)?.code === "FRESH_SIGN_IN_NEEDED";
  return (
    <form
      className="space-y-3"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (to) handing.mutate();
      }}
    >
      <select
        aria-label="New owner"
        className={`${INPUT_LOOK} h-11`}
        value={to}
        onChange={(event) => {
          handing.reset();
          setTo(event.target.value);
        }}
      >
        <option value="">Choose an admin</option>
        {admins.map((it) => (
          <option key={it.user_id} value={it.user_id}>
            {it.name} ({it.email})
          </option>
        ))}
      </select>
      {handing.isError && <Problem error={handing.error} />}
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="danger" busy={handing.isPending} disabled={!to}>
          Make them the owner
        </Button>
        {isStale && (
          <Button type="button" look="secondary" onClick={() => void signOut()}>
            Sign in again
          </Button>
        )}
      </div>
    </form>
  );
}
