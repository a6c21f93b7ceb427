import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import { appQuery, changeApp } from "../api/apps.ts";
import { Field } from "../ui/field.tsx";
import { SaveRow } from "./save-row.tsx";

/** Guests, and the app's own clients at Google and GitHub. Their secrets are set as secrets of the app. */
export function AppSignInForm({ app }: { app: AppDetail }) {
  const queries = useQueryClient();
  const [signIn, setSignIn] = useState(app.sign_in);
  const saving = useMutation({
    mutationFn: () => changeApp(app.enterprise_id, { sign_in: signIn }),
    onSuccess: (changed) => queries.setQueryData(appQuery(app.enterprise_id).queryKey, changed),
  });
  function change(part: Partial<AppDetail["sign_in"]>) {
    saving.reset();
    setSignIn((before) => ({ ...before, ...part }));
  }
  const client = (name: "google_client_id" | "github_client_id", label: string, secret: string) => (
    <Field
      label={`${label} client id`}
      hint={
        <>
          Its secret goes into the app’s secrets as {secret}; the way back is{" "}
          <code className="break-all">{`${app.url}/api/auth/callback/${label.toLowerCase()}`}</code>.
        </>
      }
      value={signIn[name] ?? ""}
      autoComplete="off"
      spellCheck={false}
      maxLength={200}
      onChange={(event) => change({ [name]: event.target.value.trim() || null })}
    />
  );
  return (
    <form
      className="space-y-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        saving.mutate();
      }}
    >
      <label className="flex items-start gap-3">
        <input
          type="checkbox"
          checked={signIn.guests}
          onChange={(event) => change({ guests: event.target.checked })}
          className="mt-1 size-4 accent-accent"
        />
        <span>People may begin as guests, without an e-mail address.</span>
      </label>
      {client("google_client_id", "Google", "GOOGLE_CLIENT_SECRET")}
      {client("github_client_id", "GitHub", "GITHUB_CLIENT_SECRET")}
      <SaveRow saving={saving} />
    </form>
  );
}
