import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { AppDetail } from "#protocol/api/app";
import { type AppChanges, appQuery, changeApp } from "../api/apps.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { InvitedUsers } from "./invited-users.tsx";
import { JoinLinkBox } from "./join-link-box.tsx";

const CHOICES = [
  { value: "public", title: "Anybody", text: "Everybody who has the address, guests too if you allow them." },
  {
    value: "sign_in",
    title: "Anybody with an account",
    text: "No guests; the app is not listed to programs.",
  },
  { value: "invited", title: "Invited people only", text: "Those on your list, or who join by your link." },
] as const;

/** Who may come into the app; and what to tell its users while it is worked on. Both count at once. */
export function AdmissionForm({ app }: { app: AppDetail }) {
  const queries = useQueryClient();
  const [message, setMessage] = useState(app.maintenance ?? "");
  const saving = useMutation({
    mutationFn: (change: AppChanges) => changeApp(app.enterprise_id, change),
    onSuccess: (changed) => queries.setQueryData(appQuery(app.enterprise_id).queryKey, changed),
  });
  return (
    <div className="space-y-6">
      <fieldset className="space-y-3" disabled={saving.isPending}>
        <legend className="sr-only">Who may come in</legend>
        {CHOICES.map(({ value, title, text }) => (
          <label key={value} className="flex items-start gap-3">
            <input
              type="radio"
              name="visibility"
              checked={app.visibility === value}
              onChange={() => saving.mutate({ visibility: value })}
              className="mt-1 size-4 accent-accent"
            />
            <span>
              <span className="font-medium">{title}</span>
              <span className="block text-sm text-soft">{text}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {app.visibility === "invited" && (
        <>
          <InvitedUsers id={app.enterprise_id} />
          <JoinLinkBox app={app} />
        </>
      )}
      <form
        className="space-y-3"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          saving.mutate({ maintenance: message.trim() });
        }}
      >
        <Field
          label="Closed for work"
          hint="Your users read this and can’t write until you open again. What is under way ends; your team goes on testing."
          placeholder="We are back at noon."
          required
          maxLength={300}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
        <div className="flex flex-wrap gap-3">
          <Button type="submit" look="secondary" busy={saving.isPending}>
            {app.maintenance === null ? "Close for work" : "Change the message"}
          </Button>
          {app.maintenance !== null && (
            <Button
              type="button"
              busy={saving.isPending}
              onClick={() => saving.mutate({ maintenance: null }, { onSuccess: () => setMessage("") })}
            >
              Open again
            </Button>
          )}
        </div>
      </form>
      {saving.isError && <Problem error={saving.error} />}
      <p role="status" className="text-soft">
        {saving.isSuccess && "Saved."}
      </p>
    </div>
  );
}
