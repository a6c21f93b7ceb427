import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { IdentitySettings } from "#protocol/api/identity";
import { changeIdentity, type IdentityChange, identityQuery } from "../api/keys.ts";
import { TextField } from "../ui/field.tsx";
import { readOrigins } from "./embed-samples.ts";
import { SaveRow } from "./save-row.tsx";

/** The one list of sites that may hold the app, and what their pages are told. */
export function EmbedSitesForm({ id, set }: { id: string; set: IdentitySettings }) {
  const queries = useQueryClient();
  const [text, setText] = useState(set.origins.join("\n"));
  const [shareText, setShareText] = useState(set.share_text);
  const [wrong, setWrong] = useState<string | null>(null);
  const saving = useMutation({
    mutationFn: (change: IdentityChange) => changeIdentity(id, change),
    onSuccess: (changed) => queries.setQueryData(identityQuery(id).queryKey, changed),
  });
  function submit(event: FormEvent) {
    event.preventDefault();
    const read = readOrigins(text);
    setWrong(
      read.wrong.length > 0 ? `Not an origin like https://www.example.com: ${read.wrong.join(", ")}` : null,
    );
    if (read.wrong.length === 0) saving.mutate({ origins: read.origins, share_text: shareText });
  }
  return (
    <form onSubmit={submit} className="space-y-4">
      <TextField
        label="Sites"
        hint="One a line, like https://www.example.com: the scheme and the host, without a path."
        error={wrong}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <label className="flex items-start gap-2.5">
        <input
          type="checkbox"
          className="mt-1 size-4 accent-accent"
          checked={shareText}
          onChange={(event) => setShareText(event.target.checked)}
        />
        <span>
          Tell their pages what is said
          <span className="block text-sm text-soft">
            If not, a page is told that a message came, and never its words.
          </span>
        </span>
      </label>
      <SaveRow saving={saving} />
    </form>
  );
}
