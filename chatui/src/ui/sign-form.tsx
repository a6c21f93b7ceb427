import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { meQuery, signIn, signUp } from "../api/me.ts";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Problem } from "./notice.tsx";

const SHORTEST_PASSWORD = 8;

type Props = { mode: "sign-in" | "sign-up"; onDone: () => void; children?: ReactNode };

/** E-mail and password, for creators and end users alike; `onDone` runs when somebody is signed in. */
export function SignForm({ mode, onDone, children }: Props) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const isNew = mode === "sign-up";

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "").trim();
    const credentials = {
      name: read("name"),
      email: read("email"),
      password: String(form.get("password") ?? ""),
    };
    setBusy(true);
    setError(null);
    try {
      await (isNew ? signUp(credentials) : signIn(credentials));
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
      onDone();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      {isNew && <Field label="Name" name="name" autoComplete="name" required maxLength={80} autoFocus />}
      <Field
        label="E-mail"
        name="email"
        type="email"
        autoComplete="email"
        required
        autoFocus={!isNew}
        maxLength={200}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete={isNew ? "new-password" : "current-password"}
        required
        minLength={isNew ? SHORTEST_PASSWORD : undefined}
        hint={isNew ? `At least ${SHORTEST_PASSWORD} characters.` : undefined}
      />
      {error !== null && <Problem error={error} />}
      <Button type="submit" busy={busy} className="w-full">
        {isNew ? "Create account" : "Sign in"}
      </Button>
      {children}
    </form>
  );
}
