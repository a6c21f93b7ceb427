import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { meQuery } from "../api/me.ts";
import { askForNewPassword, setNewPassword, signInByLink } from "../api/sign-in.ts";
import { useWords } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Problem } from "./notice.tsx";

/** The token of a mailed link. It stands behind `#`, where no server sees it. */
function tokenHere(): string | null {
  return new URLSearchParams(location.hash.slice(1)).get("token");
}

/** What a form does, with what it says of it. */
function useWork() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  async function run(work: () => Promise<unknown>) {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }
  return { busy, error, run };
}

/** A mailed link signs in by a click: no program that looks at mail uses it up, and no page signs anybody in unasked. */
export function LinkPage({ siteName, onDone }: { siteName: string; onDone: () => void }) {
  const { sign } = useWords();
  const queries = useQueryClient();
  const { busy, error, run } = useWork();
  const [token] = useState(tokenHere);
  if (token === null) return <Problem error={sign.linkBroken} />;
  const signIn = () =>
    run(async () => {
      await signInByLink(token);
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
      onDone();
    });
  return (
    <div className="space-y-4">
      {error !== null && <Problem error={sign.linkOld} />}
      <Button className="w-full" busy={busy} onClick={() => void signIn()}>
        {sign.signInTo(siteName)}
      </Button>
    </div>
  );
}

/** A new password: asks for the link, or takes the one that was followed here. */
export function ResetPage({ signInLink }: { signInLink: ReactNode }) {
  const { sign } = useWords();
  const { busy, error, run } = useWork();
  const [token] = useState(tokenHere);
  const [done, setDone] = useState(false);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "");
    void run(async () => {
      if (token === null) await askForNewPassword(read("email").trim());
      else await setNewPassword(token, read("password"));
      setDone(true);
    });
  }
  if (done)
    return (
      <div className="space-y-4">
        <p role="status">{token === null ? sign.mailSent : sign.passwordSet}</p>
        {signInLink}
      </div>
    );
  return (
    <form onSubmit={submit} className="space-y-4">
      {token === null ? (
        <Field label={sign.email} name="email" type="email" autoComplete="email" required maxLength={200} />
      ) : (
        <Field
          label={sign.newPassword}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          hint={sign.atLeastCharacters(8)}
        />
      )}
      {error !== null && <Problem error={error} />}
      <Button type="submit" busy={busy} className="w-full">
        {token === null ? sign.mailLink : sign.setPassword}
      </Button>
      {signInLink}
    </form>
  );
}
