import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { IdentityAlgorithm, IdentitySettings } from "#protocol/api/identity";
import { changeIdentity, type IdentityChange, identityQuery } from "../api/keys.ts";
import { TextField } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { CodeSample } from "./code-sample.tsx";
import { identitySample, type ServerLanguage } from "./identity-sample.ts";
import { IdentitySecrets } from "./identity-secrets.tsx";
import { SaveRow } from "./save-row.tsx";

const LANGUAGES: ServerLanguage[] = ["Node", "PHP", "Python"];

const WAYS: { algorithm: IdentityAlgorithm | null; label: string }[] = [
  { algorithm: null, label: "Off" },
  { algorithm: "HS256", label: "With a secret (HS256)" },
  { algorithm: "RS256", label: "With your RSA key (RS256)" },
  { algorithm: "ES256", label: "With your P-256 key (ES256)" },
];

/** How the owner's own site signs its visitors in. */
export function IdentityForm({ id }: { id: string }) {
  const identity = useQuery(identityQuery(id));
  if (identity.isError) return <Problem error={identity.error} retry={() => void identity.refetch()} />;
  if (!identity.data) return null;
  const { algorithm } = identity.data;
  return (
    <div className="space-y-6">
      <Way id={id} set={identity.data} />
      {algorithm === "HS256" && <IdentitySecrets id={id} secrets={identity.data.secrets} />}
      {algorithm === "HS256" && (
        <div className="space-y-3">
          {LANGUAGES.map((language) => (
            <CodeSample
              key={language}
              title={`On your server (${language})`}
              text={identitySample(id, language)}
            />
          ))}
        </div>
      )}
      {algorithm !== null && (
        <p className="text-soft">
          The sites that may sign visitors in, and what their pages say, stand in the tab Embed.
        </p>
      )}
    </div>
  );
}

function Way({ id, set }: { id: string; set: IdentitySettings }) {
  const queries = useQueryClient();
  const [algorithm, setAlgorithm] = useState(set.algorithm);
  const [keys, setKeys] = useState(() =>
    set.public_keys.length > 0 ? JSON.stringify(set.public_keys, null, 2) : "",
  );
  const [wrong, setWrong] = useState<string | null>(null);
  const saving = useMutation({
    mutationFn: (change: IdentityChange) => changeIdentity(id, change),
    onSuccess: (changed) => queries.setQueryData(identityQuery(id).queryKey, changed),
  });
  const byKey = algorithm === "RS256" || algorithm === "ES256";
  function submit(event: FormEvent) {
    event.preventDefault();
    const public_keys = keysOf(keys);
    setWrong(public_keys === null ? "That is not a JWK, a list of JWKs or a JWK set." : null);
    if (public_keys === null) return;
    saving.mutate({ algorithm, public_keys });
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <fieldset className="space-y-2">
        <legend className="text-sm font-medium">How your site signs</legend>
        {WAYS.map((way) => (
          <label key={way.label} className="flex items-center gap-2.5">
            <input
              type="radio"
              name="algorithm"
              className="size-4 accent-accent"
              checked={algorithm === way.algorithm}
              onChange={() => setAlgorithm(way.algorithm)}
            />
            {way.label}
          </label>
        ))}
      </fieldset>
      {byKey && (
        <TextField
          label="Your public keys"
          hint="As JWKs; at most five. Never a private key."
          error={wrong}
          spellCheck={false}
          className="font-mono text-sm"
          value={keys}
          onChange={(event) => setKeys(event.target.value)}
        />
      )}
      <SaveRow saving={saving} />
    </form>
  );
}

/** What was pasted, as a list; the server says which key is no good. Null: no JSON of that kind. */
function keysOf(text: string): NonNullable<IdentityChange["public_keys"]> | null {
  if (text.trim() === "") return [];
  try {
    const pasted = JSON.parse(text);
    const keys = Array.isArray(pasted) ? pasted : (pasted?.keys ?? [pasted]);
    return Array.isArray(keys) ? keys : null;
  } catch {
    return null;
  }
}
