import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { invitedUsersQuery, inviteUser, uninviteUser } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { FieldRow } from "./field-row.tsx";
import { MoreButton } from "./more-button.tsx";

/** The addresses whose owners may come in. */
export function InvitedUsers({ id }: { id: string }) {
  const queries = useQueryClient();
  const listed = useInfiniteQuery(invitedUsersQuery(id));
  const [email, setEmail] = useState("");
  const again = () => void queries.invalidateQueries({ queryKey: invitedUsersQuery(id).queryKey });
  const inviting = useMutation({
    mutationFn: () => inviteUser(id, email.trim()),
    onSuccess: () => {
      setEmail("");
      again();
    },
  });
  const removing = useMutation({ mutationFn: (it: string) => uninviteUser(id, it), onSettled: again });
  const items = listed.data?.pages.flatMap((page) => page.items) ?? [];
  const error = inviting.error ?? removing.error ?? listed.error;
  return (
    <div className="space-y-3">
      <FieldRow
        onSubmit={inviting.mutate}
        label="Invite a user by e-mail"
        type="email"
        required
        maxLength={254}
        autoComplete="off"
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      >
        <Button type="submit" look="secondary" busy={inviting.isPending}>
          Invite
        </Button>
      </FieldRow>
      {error && <Problem error={error} />}
      {items.length > 0 && (
        <ul
          aria-label="Invited users"
          className="divide-y divide-line rounded-2xl border border-line bg-surface"
        >
          {items.map((it) => (
            <li key={it.email} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1 truncate">{it.email}</span>
              <Button
                look="ghost"
                size="small"
                onClick={() => removing.mutate(it.email)}
                aria-label={`Take ${it.email} off the list`}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <MoreButton list={listed} />
    </div>
  );
}
