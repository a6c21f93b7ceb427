import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { invitedUsersQuery, inviteUser, uninviteUser } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";

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
      <form
        className="flex flex-wrap items-end gap-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          inviting.mutate();
        }}
      >
        <div className="min-w-0 flex-1 basis-56">
          <Field
            label="Invite a user by e-mail"
            type="email"
            required
            maxLength={254}
            autoComplete="off"
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </div>
        <Button type="submit" look="secondary" busy={inviting.isPending}>
          Invite
        </Button>
      </form>
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
      {listed.hasNextPage && (
        <Button look="secondary" size="small" onClick={() => void listed.fetchNextPage()}>
          More
        </Button>
      )}
    </div>
  );
}
