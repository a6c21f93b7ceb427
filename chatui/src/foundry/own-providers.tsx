import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { secretsQuery } from "../api/secrets.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { type AppModels, type OwnProvider, usersOf } from "./app-models.ts";
import { SelectField } from "./select-field.tsx";

const KINDS = [
  { value: "openai", label: "OpenAI" },
  { value: "anthropic", label: "Anthropic" },
  { value: "google", label: "Google" },
  { value: "openai-compatible", label: "Compatible with OpenAI" },
];

type Props = {
  id: string;
  app: AppModels;
  /** Whether this person may see which secrets there are. */
  maySeeSecrets: boolean;
  onChange: (name: string, provider: OwnProvider | null) => void;
};

/** Providers that the owner pays by themself: their keys are secrets, of which a file has the names alone. */
export function OwnProviders({ id, app, maySeeSecrets, onChange }: Props) {
  const [adding, setAdding] = useState(false);
  const secrets = useQuery({ ...secretsQuery(id), enabled: maySeeSecrets });
  const set = secrets.data?.items.map((it) => it.name);
  const all = Object.entries(app.providers);
  return (
    <div className="space-y-3">
      {all.length > 0 && (
        <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
          {all.map(([name, it]) => {
            const users = usersOf(app, name);
            return (
              <li key={name} className="flex flex-wrap items-center gap-x-3 gap-y-2 p-4">
                <div className="min-w-0 flex-1 basis-56">
                  <p className="flex flex-wrap items-center gap-2">
                    <span className="font-mono text-[0.95rem] font-medium">{name}</span>
                    <Badge>{KINDS.find(({ value }) => value === it.kind)?.label ?? it.kind}</Badge>
                  </p>
                  {it.base_url && <p className="text-sm break-all text-soft">{it.base_url}</p>}
                  <KeyLine id={id} name={it.key} set={set} />
                  {users.length > 0 && <p className="text-sm text-soft">Asked by {users.join(", ")}</p>}
                </div>
                <Button
                  look="ghost"
                  size="small"
                  disabled={users.length > 0}
                  aria-label={`Remove: ${name}`}
                  onClick={() => onChange(name, null)}
                >
                  Remove
                </Button>
              </li>
            );
          })}
        </ul>
      )}
      {adding ? (
        <AddProvider
          taken={Object.keys(app.providers)}
          secrets={set ?? []}
          onDone={() => setAdding(false)}
          onAdd={(name, provider) => {
            onChange(name, provider);
            setAdding(false);
          }}
        />
      ) : (
        <Button look="secondary" onClick={() => setAdding(true)}>
          Add a provider
        </Button>
      )}
    </div>
  );
}

function KeyLine({ id, name, set }: { id: string; name: string | undefined; set: string[] | undefined }) {
  if (name === undefined) return <p className="text-sm text-soft">Asked without a key</p>;
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm text-soft">
      <span>
        Key in <code className="font-mono text-ink">{name}</code>
      </span>
      {set && !set.includes(name) && (
        <>
          <Badge tone="warn">not set</Badge>
          <Link
            to="/apps/$id/secrets"
            params={{ id }}
            className="text-accent-ink underline underline-offset-4"
          >
            Set it
          </Link>
        </>
      )}
    </p>
  );
}

type AddProps = {
  taken: string[];
  secrets: string[];
  onAdd: (name: string, provider: OwnProvider) => void;
  onDone: () => void;
};

function AddProvider({ taken, secrets, onAdd, onDone }: AddProps) {
  const [kind, setKind] = useState("openai");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [key, setKey] = useState("");
  const problem = taken.includes(name)
    ? "There is one of that name."
    : name !== "" && !/^[a-z][a-z0-9-]{0,39}$/.test(name)
      ? "Small letters, digits and hyphens only."
      : null;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (problem !== null) return;
    onAdd(name, {
      kind,
      ...(address.trim() ? { base_url: address.trim() } : {}),
      ...(key ? { key } : {}),
    });
  }
  return (
    <form onSubmit={submit} className="space-y-4 rounded-2xl border border-line bg-surface p-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField label="Kind" value={kind} options={KINDS} onChange={setKind} />
        <Field
          label="Name"
          placeholder="house"
          hint="How models of it are called here."
          error={problem}
          required
          spellCheck={false}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <Field
          label="Address"
          type="url"
          placeholder="https://models.example.com/v1"
          pattern="https://.*"
          hint={kind === "openai-compatible" ? undefined : "Only if it is not the usual one."}
          required={kind === "openai-compatible"}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        />
        <div>
          <Field
            label="Secret with its key"
            placeholder="MODEL_KEY"
            hint="The name of a secret of this app, never the key itself."
            list="own-provider-secrets"
            pattern="[A-Z][A-Z0-9_]{0,62}"
            spellCheck={false}
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.target.value.toUpperCase().replace(/[\s-]+/g, "_"))}
          />
          <datalist id="own-provider-secrets">
            {secrets.map((it) => (
              <option key={it} value={it} />
            ))}
          </datalist>
        </div>
      </div>
      <div className="flex gap-2">
        <Button type="submit">Add</Button>
        <Button look="ghost" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
