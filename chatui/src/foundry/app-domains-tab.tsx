import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { addDomain, domainsQuery } from "../api/domains.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Empty, messageOf, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { DomainCard } from "./domain-card.tsx";

export function AppDomainsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  return <Domains id={id} />;
}

/** The hosts of an app's own: to add one, and how each stands. */
export function Domains({ id }: { id: string }) {
  const domains = useQuery(domainsQuery(id));
  if (domains.isPending) return <PageLoading />;
  if (domains.isError)
    return (
      <div className="mx-auto w-full max-w-3xl px-4 py-8">
        <Problem error={domains.error} retry={() => void domains.refetch()} />
      </div>
    );
  const { items, max_domains } = domains.data;
  return (
    <div className="mx-auto w-full max-w-3xl space-y-6 px-4 py-8 sm:px-6">
      <div>
        <h2 className="text-lg font-semibold">Domains</h2>
        <p className="mt-1 text-[0.95rem] text-soft">
          Let people reach the app at a name of your own. Its address here keeps working.
        </p>
      </div>
      {items.length < max_domains && <AddDomain id={id} />}
      {items.length === 0 && (
        <Empty title="No domains yet">Add one that you own, like chat.example.com.</Empty>
      )}
      <ul className="space-y-4">
        {items.map((it) => (
          <DomainCard key={it.host} id={id} domain={it} />
        ))}
      </ul>
    </div>
  );
}

function AddDomain({ id }: { id: string }) {
  const queries = useQueryClient();
  const [host, setHost] = useState("");
  const adding = useMutation({
    mutationFn: () => addDomain(id, host.trim()),
    onSuccess: () => {
      setHost("");
      return queries.invalidateQueries(domainsQuery(id));
    },
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    if (host.trim() !== "") adding.mutate();
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3" noValidate>
      <div className="min-w-0 flex-1 basis-64">
        <Field
          label="Domain"
          value={host}
          placeholder="chat.example.com"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          inputMode="url"
          error={adding.isError ? messageOf(adding.error) : null}
          onChange={(event) => {
            adding.reset();
            setHost(event.target.value);
          }}
        />
      </div>
      <Button type="submit" busy={adding.isPending} disabled={host.trim() === ""}>
        Add domain
      </Button>
    </form>
  );
}
