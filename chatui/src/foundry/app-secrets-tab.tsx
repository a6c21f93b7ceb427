import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { issuesOf } from "../api/failure.ts";
import { type ListedSecret, removeSecret, secretsQuery, setSecret } from "../api/secrets.ts";
import { day, moment } from "../ui/amounts.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { Section } from "./section.tsx";

/** Keys that the app's tools and models use: written here, read by nobody. */
export function AppSecretsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const secrets = useQuery(secretsQuery(id));
  if (secrets.isPending) return <PageLoading />;
  return (
    <div className="mx-auto w-full max-w-6xl divide-y divide-line px-4 py-4 sm:px-6">
      <Section
        title="Set a secret"
        text="A name that is set already gets the new value. Tools, models and sign-in name it; nobody can read it back, you neither."
      >
        <SetSecret id={id} />
      </Section>
      <Section
        title="Secrets"
        text="Sealed with a key of the platform’s, and only opened as a request leaves."
      >
        {secrets.isError && <Problem error={secrets.error} retry={() => void secrets.refetch()} />}
        {secrets.data?.items.length === 0 && <Empty title="No secrets yet" />}
        <ul className="space-y-2">
          {secrets.data?.items.map((it) => (
            <Secret key={it.name} id={id} it={it} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function SetSecret({ id }: { id: string }) {
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const setting = useMutation({
    mutationFn: () => setSecret(id, name.trim(), value),
    onSuccess() {
      setName("");
      setValue("");
      return queries.invalidateQueries({ queryKey: secretsQuery(id).queryKey });
    },
  });
  const issues = issuesOf(setting.error);
  function submit(event: FormEvent) {
    event.preventDefault();
    setting.mutate();
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <Field
        label="Name"
        placeholder="SHOP_API_KEY"
        hint="Capital letters, digits and _."
        error={issues.get("name")}
        required
        autoComplete="off"
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value.toUpperCase().replace(/[\s-]+/g, "_"))}
      />
      <Field
        label="Value"
        type="password"
        error={issues.get("value")}
        required
        autoComplete="new-password"
        value={value}
        onChange={(event) => setValue(event.target.value)}
      />
      {setting.isError && issues.size === 0 && <Problem error={setting.error} />}
      <div className="flex items-center gap-3">
        <Button type="submit" busy={setting.isPending}>
          Set secret
        </Button>
        <span role="status" className="text-soft">
          {setting.isSuccess && `${setting.data.name} is set.`}
        </span>
      </div>
    </form>
  );
}

function Secret({ id, it }: { id: string; it: ListedSecret }) {
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const removing = useMutation({
    mutationFn: () => removeSecret(id, it.name),
    onSettled: () => queries.invalidateQueries({ queryKey: secretsQuery(id).queryKey }),
  });
  return (
    <li className="rounded-xl border border-line bg-surface px-4 py-3">
      <div className="flex flex-wrap items-center gap-3">
        <KeyRound className="size-4.5 shrink-0 text-soft" aria-hidden="true" />
        <div className="min-w-0 flex-1">
          <p className="font-mono text-sm break-all">{it.name}</p>
          <p className="text-sm text-soft">
            set {moment(it.set_at)}, {it.used_on ? `last used ${day(it.used_on)}` : "not used yet"}
          </p>
        </div>
        <Button
          look={sure ? "danger" : "ghost"}
          size="small"
          busy={removing.isPending}
          aria-label={`${sure ? "Remove for good" : "Remove"}: ${it.name}`}
          onClick={() => (sure ? removing.mutate() : setSure(true))}
        >
          {sure ? "Remove for good" : "Remove"}
        </Button>
      </div>
      {removing.isError && <Problem error={removing.error} />}
    </li>
  );
}
