import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Invitation } from "#protocol/api/invitation";
import {
  invitationsQuery,
  inviteMember,
  type Role,
  resendInvitation,
  revokeInvitation,
} from "../api/people.ts";
import { moment } from "../ui/amounts.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { RoleSelect } from "./role-select.tsx";
import { ROLE_WORDS } from "./role-words.ts";

/** Asks somebody to run the app, and shows who has not answered. */
export function Invitations({ id, isOwner }: { id: string; isOwner: boolean }) {
  const queries = useQueryClient();
  const open = useQuery(invitationsQuery(id));
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("editor");
  const inviting = useMutation({
    mutationFn: () => inviteMember(id, email.trim(), role),
    onSuccess: () => {
      setEmail("");
      void queries.invalidateQueries({ queryKey: invitationsQuery(id).queryKey });
    },
  });
  return (
    <div className="space-y-5">
      <form
        className="space-y-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          inviting.mutate();
        }}
      >
        <Field
          label="E-mail"
          type="email"
          required
          maxLength={254}
          autoComplete="off"
          value={email}
          onChange={(event) => {
            inviting.reset();
            setEmail(event.target.value);
          }}
        />
        <div className="flex flex-wrap items-center gap-3">
          <RoleSelect label="Role" value={role} owners={isOwner} onChange={setRole} />
          <span className="min-w-0 flex-1 basis-40 text-sm text-soft">{ROLE_WORDS[role].text}</span>
          <Button type="submit" busy={inviting.isPending}>
            Send invitation
          </Button>
        </div>
        {inviting.isError && <Problem error={inviting.error} />}
        <p role="status" className="text-sm text-soft">
          {inviting.isSuccess && `We sent a mail to ${inviting.data.email}.`}
        </p>
      </form>
      {open.isError && <Problem error={open.error} retry={() => void open.refetch()} />}
      {open.data && open.data.items.length > 0 && (
        <ul
          aria-label="Open invitations"
          className="divide-y divide-line rounded-2xl border border-line bg-surface"
        >
          {open.data.items.map((it) => (
            <InvitationLine key={it.invitation_id} id={id} it={it} />
          ))}
        </ul>
      )}
    </div>
  );
}

function InvitationLine({ id, it }: { id: string; it: Invitation }) {
  const queries = useQueryClient();
  const onSettled = () => void queries.invalidateQueries({ queryKey: invitationsQuery(id).queryKey });
  const resending = useMutation({ mutationFn: () => resendInvitation(id, it.invitation_id), onSettled });
  const revoking = useMutation({ mutationFn: () => revokeInvitation(id, it.invitation_id), onSettled });
  const error = resending.error ?? revoking.error;
  return (
    <li className="space-y-2 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium">{it.email}</p>
          <p className="text-sm text-soft">
            {ROLE_WORDS[it.role].title} · until {moment(it.expires_at)}
          </p>
        </div>
        <Button
          look="ghost"
          size="small"
          busy={resending.isPending}
          onClick={() => resending.mutate()}
          aria-label={`${resending.isSuccess ? "Sent" : "Send again"}: the invitation of ${it.email}`}
        >
          {resending.isSuccess ? "Sent" : "Send again"}
        </Button>
        <Button
          look="ghost"
          size="small"
          busy={revoking.isPending}
          onClick={() => revoking.mutate()}
          aria-label={`Take back the invitation of ${it.email}`}
        >
          Take back
        </Button>
      </div>
      {error && <Problem error={error} />}
    </li>
  );
}
