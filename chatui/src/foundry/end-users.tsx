import { type InfiniteData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import type { EndUser } from "#protocol/api/end-user";
import { changeUser, usersQuery } from "../api/people.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { MoreButton } from "./more-button.tsx";

type Props = { app: AppDetail; mayChange: boolean };

/** Who uses the app: to be found, given its roles, and let in or kept out. */
export function EndUsers({ app, mayChange }: Props) {
  const [typed, setTyped] = useState("");
  const search = useDeferredValue(typed.trim());
  const users = useInfiniteQuery(usersQuery(app.enterprise_id, search));
  const items = users.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="space-y-4">
      <Field
        label="Find somebody"
        type="search"
        placeholder="Name or e-mail"
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {users.isError && <Problem error={users.error} retry={() => void users.refetch()} />}
      {users.data && items.length === 0 && (
        <p className="text-soft">{search ? "Nobody like that." : "Nobody has come yet."}</p>
      )}
      {items.length > 0 && (
        <ul aria-label="Users" className="divide-y divide-line rounded-2xl border border-line bg-surface">
          {items.map((it) => (
            <UserLine key={it.user_id} app={app} it={it} mayChange={mayChange} search={search} />
          ))}
        </ul>
      )}
      <MoreButton list={users} />
    </div>
  );
}

const KINDS = { account: "", guest: "Guest", visitor: "From your site" };

function UserLine({ app, it, mayChange, search }: Props & { it: EndUser; search: string }) {
  const queries = useQueryClient();
  const { queryKey } = usersQuery(app.enterprise_id, search);
  const changing = useMutation({
    mutationFn: (change: Parameters<typeof changeUser>[2]) =>
      changeUser(app.enterprise_id, it.user_id, change),
    onSuccess: (now) =>
      queries.setQueryData<InfiniteData<{ items: EndUser[]; next_cursor: string | null }, string>>(
        queryKey,
        (data) =>
          data && {
            ...data,
            pages: data.pages.map((page) => ({
              ...page,
              items: page.items.map((old) => (old.user_id === now.user_id ? now : old)),
            })),
          },
      ),
  });
  const roles = app.roles.filter(({ where }) => where === "chat");
  const toggle = (name: string) =>
    it.roles.includes(name) ? it.roles.filter((role) => role !== name) : [...it.roles, name];
  return (
    <li className="space-y-2 p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium">{it.name}</p>
          <p className="truncate text-sm text-soft">{it.email ?? KINDS[it.kind]}</p>
        </div>
        {!it.may_enter && <Badge tone="bad">{it.admitted === false ? "kept out" : "not invited"}</Badge>}
        {mayChange && (
          <Button
            look="ghost"
            size="small"
            busy={changing.isPending}
            onClick={() =>
              changing.mutate({ admitted: it.may_enter ? false : it.admitted === false ? null : true })
            }
            aria-label={`${it.may_enter ? "Keep out" : "Let in"} ${it.name}`}
          >
            {it.may_enter ? "Keep out" : "Let in"}
          </Button>
        )}
      </div>
      {roles.length > 0 && (
        <fieldset className="flex flex-wrap gap-x-4 gap-y-1" disabled={!mayChange || changing.isPending}>
          <legend className="sr-only">Roles of {it.name}</legend>
          {roles.map(({ name, default: isDefault }) => (
            <label key={name} className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                className="size-4 accent-accent"
                checked={it.roles.includes(name)}
                onChange={() => changing.mutate({ roles: toggle(name) })}
              />
              {name}
              {isDefault && <span className="text-soft">(whoever has no other)</span>}
            </label>
          ))}
        </fieldset>
      )}
      {changing.isError && <Problem error={changing.error} />}
    </li>
  );
}
