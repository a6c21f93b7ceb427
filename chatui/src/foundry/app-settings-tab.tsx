import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { App } from "#protocol/api/app";
import { appQuery, deleteApp } from "../api/apps.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { AppSignInForm } from "./app-sign-in-form.tsx";
import { Section } from "./section.tsx";

export function AppSettingsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  if (!app.data) return null;
  return (
    <div className="mx-auto w-full max-w-6xl divide-y divide-line px-4 py-4 sm:px-6">
      <Section
        title="Signing in"
        text="Your users sign in with a password, a code by e-mail or a passkey. What else they may use, you choose here."
      >
        <AppSignInForm key={app.data.enterprise_id} app={app.data} />
      </Section>
      <Section
        title="Delete this app"
        text="Its chats, data and usage are deleted with it. This can’t be undone."
      >
        <DeleteApp app={app.data} />
      </Section>
    </div>
  );
}

function DeleteApp({ app }: { app: App }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const deletion = useMutation({
    mutationFn: () => deleteApp(app.enterprise_id),
    onSuccess: async () => {
      await navigate({ to: "/apps" });
      queries.removeQueries({ queryKey: ["apps", app.enterprise_id] });
      void queries.invalidateQueries({ queryKey: ["apps"] });
      void queries.invalidateQueries({ queryKey: ["me"] });
    },
  });
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed === app.slug) deletion.mutate();
      }}
    >
      <Field
        label={`Type “${app.slug}” to confirm`}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="off"
        spellCheck={false}
      />
      {deletion.isError && <Problem error={deletion.error} />}
      <Button type="submit" look="danger" busy={deletion.isPending} disabled={typed !== app.slug}>
        Delete for good
      </Button>
    </form>
  );
}
