import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import type { SignInWays } from "#protocol/sign-in";
import { meQuery, signIn, signUp } from "../api/me.ts";
import { askForCode, signInByCode, takeSecondStep } from "../api/sign-in.ts";
import { useWords } from "../words/words.ts";
import { Button } from "./button.tsx";
import { CodeForm } from "./code-form.tsx";
import { Field } from "./field.tsx";
import { Problem } from "./notice.tsx";
import { SignWays } from "./sign-ways.tsx";

const SHORTEST_PASSWORD = 8;

type Props = {
  mode: "sign-in" | "sign-up";
  ways: SignInWays;
  /** Where a provider's page leads back to. */
  to: string;
  onDone: () => void;
  /** Leads to where a new password is asked for. */
  forgot: ReactNode;
  children?: ReactNode;
};

/** The ways in, for creators and end users alike; `onDone` runs when somebody is signed in. */
export function SignForm({ mode, ways, to, onDone, forgot, children }: Props) {
  const { sign } = useWords();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [byCode, setByCode] = useState(false);
  const [secondStep, setSecondStep] = useState(false);
  const isNew = mode === "sign-up";

  async function done() {
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    onDone();
  }

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
      if (secondStep) await takeSecondStep(read("code"));
      else if (isNew) await signUp(credentials);
      else if ((await signIn(credentials)).twoFactorRedirect) return setSecondStep(true);
      await done();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  if (secondStep)
    return (
      <form onSubmit={submit} className="space-y-4">
        <Field
          key="code"
          label={sign.authenticatorCode}
          name="code"
          autoComplete="one-time-code"
          required
          autoFocus
          hint={sign.orBackupCode}
        />
        {error !== null && <Problem error={error} />}
        <Button type="submit" busy={busy} className="w-full">
          {sign.goOn}
        </Button>
      </form>
    );
  if (byCode)
    return (
      <div className="space-y-3">
        <CodeForm
          ask={askForCode}
          use={async (email, code) => {
            await signInByCode(email, code);
            await done();
          }}
          action={sign.signIn}
        />
        <Button look="ghost" className="w-full" onClick={() => setByCode(false)}>
          {sign.otherWay}
        </Button>
        {children}
      </div>
    );
  return (
    <div className="space-y-4">
      <form onSubmit={submit} className="space-y-4">
        {isNew && (
          <Field label={sign.name} name="name" autoComplete="name" required maxLength={80} autoFocus />
        )}
        <Field
          label={sign.email}
          name="email"
          type="email"
          autoComplete="email"
          required
          autoFocus={!isNew}
          maxLength={200}
        />
        <Field
          label={sign.password}
          name="password"
          type="password"
          autoComplete={isNew ? "new-password" : "current-password"}
          required
          minLength={isNew ? SHORTEST_PASSWORD : undefined}
          hint={isNew ? sign.atLeastCharacters(SHORTEST_PASSWORD) : undefined}
        />
        {error !== null && <Problem error={error} />}
        <Button type="submit" busy={busy} className="w-full">
          {isNew ? sign.createAction : sign.signIn}
        </Button>
      </form>
      {!isNew && ways.email && <p className="text-center">{forgot}</p>}
      <SignWays ways={ways} to={to} onCode={() => setByCode(true)} onDone={done} />
      {children}
    </div>
  );
}
