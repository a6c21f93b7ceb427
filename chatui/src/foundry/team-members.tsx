import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Member } from "#protocol/api/member";
import { appQuery } from "../api/apps.ts";
import { changeMember, membersQuery, type Role, removeMember } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";
import { RoleSelect } from "./role-select.tsx";

type Props = { id: string; own: string; isOwner: boolean };

/** The members of an app, their roles, and how they leave. Only owners touch owners. */
export function TeamMembers({ id, own, isOwner }: Props) {
  const members = useQuery(membersQuery(id));
  if (members.isError) return <Problem error={members.error} retry={() => void members.refetch()} />;
  return (
    <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
      {members.data?.items.map((it) => (
        <MemberLine key={it.user_id} id={id} it={it} own={own} isOwner={isOwner} />
      ))}
    </ul>
  );
}

function MemberLine({ id, it, own, isOwner }: Props & { it: Member }) {
  const queries = useQueryClient();
  const settled = () => {
    void queries.invalidateQueries({ queryKey: membersQuery(id).queryKey });
    if (it.user_id === own) void queries.invalidateQueries({ queryKey: appQuery(id).queryKey });
  };
  const changing = useMutation({
    mutationFn: (role: Role) => changeMember(id, it.user_id, role),
    onSettled: settled,
  });
  const removing = useMutation({ mutationFn: () => removeMember(id, it.user_id), onSettled: settled });
  const mayChange = isOwner || it.role !== "owner";
  const error = changing.error ?? removing.error;
  return (
    <li className="space-y-2 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium">
            {it.name}
            {it.user_id === own && <span className="font-normal text-soft"> (you)</span>}
          </p>
          <p className="truncate text-sm text-soft">{it.email}</p>
        </div>
        <RoleSelect
          label={`Role of ${it.name}`}
          value={it.role}
          owners={isOwner}
          disabled={!mayChange || changing.isPending}
          onChange={(role) => changing.mutate(role)}
        />
        <Button
          look="ghost"
          size="small"
          disabled={!mayChange && it.user_id !== own}
          busy={removing.isPending}
          onClick={() => removing.mutate()}
          aria-label={it.user_id === own ? "Leave this app" : `Remove ${it.name}`}
        >
          {it.user_id === own ? "Leave" : "Remove"}
        </Button>
      </div>
      {error && <Problem error={error} />}
    </li>
  );
}
