import { type FormEvent, useState } from "react";
import { KEY_SCOPES, type KeyScope } from "#protocol/api/key";
import type { NewKey } from "../api/keys.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { SCOPE_WORDS } from "./scope-words.ts";
import { SelectField } from "./select-field.tsx";

const DAY_MS = 24 * 3_600_000;
const LIVES = [
  { value: "0", label: "until it is revoked" },
  { value: "30", label: "for 30 days" },
  { value: "90", label: "for 90 days" },
  { value: "365", label: "for a year" },
];

type Props = { busy: boolean; error: unknown; onMake: (key: NewKey) => void; onLeave: () => void };

/** Nothing is ticked beforehand: a key gets what its program needs. */
export function NewKeyForm({ busy, error, onMake, onLeave }: Props) {
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<KeyScope[]>([]);
  const [days, setDays] = useState("0");
  const tick = (scope: KeyScope, on: boolean) =>
    setScopes(KEY_SCOPES.filter((it) => (it === scope ? on : scopes.includes(it))));
  function submit(event: FormEvent) {
    event.preventDefault();
    const expires_at = days === "0" ? null : new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    onMake({ name: name.trim(), scopes, expires_at });
  }
  return (
    <form onSubmit={submit} className="space-y-4 rounded-2xl border border-line p-4">
      <Field
        label="Name"
        hint="Which program it is for."
        value={name}
        maxLength={80}
        autoComplete="off"
        onChange={(event) => setName(event.target.value)}
      />
      <fieldset className="space-y-2">
        <legend className="text-sm font-medium">What it may do</legend>
        {KEY_SCOPES.map((scope) => (
          <label key={scope} className="flex items-start gap-2.5">
            <input
              type="checkbox"
              className="mt-1 size-4 accent-accent"
              checked={scopes.includes(scope)}
              onChange={(event) => tick(scope, event.target.checked)}
            />
            <span>
              {SCOPE_WORDS[scope]} <code className="font-mono text-[0.8rem] text-soft">{scope}</code>
            </span>
          </label>
        ))}
      </fieldset>
      <SelectField label="It works" value={days} onChange={setDays} options={LIVES} />
      {error !== null && <Problem error={error} />}
      <div className="flex gap-2">
        <Button type="submit" busy={busy} disabled={name.trim() === "" || scopes.length === 0}>
          Make the key
        </Button>
        <Button look="ghost" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
