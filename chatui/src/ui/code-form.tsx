import { type FormEvent, useState } from "react";
import { useWords } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";
import { Problem } from "./notice.tsx";

type Props = {
  /** The address to mail to, where it is known already. */
  email?: string;
  ask: (email: string) => Promise<unknown>;
  use: (email: string, code: string) => Promise<unknown>;
  action: string;
};

/** An address, then the code that was mailed there. */
export function CodeForm({ email: known, ask, use, action }: Props) {
  const { sign } = useWords();
  const [email, setEmail] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = (name: string) => String(form.get(name) ?? "").trim();
    setBusy(true);
    setError(null);
    try {
      if (email === null) {
        const to = known ?? read("email");
        await ask(to);
        setEmail(to);
      } else await use(email, read("code"));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="space-y-4">
      {email === null ? (
        known === undefined && (
          <Field label={sign.email} name="email" type="email" autoComplete="email" required maxLength={200} />
        )
      ) : (
        <Field
          key="code"
          label={sign.code}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          required
          autoFocus
          maxLength={6}
          hint={sign.codeSent(email)}
        />
      )}
      {error !== null && <Problem error={error} />}
      <Button type="submit" busy={busy} className="w-full">
        {email === null ? sign.mailCode : action}
      </Button>
      {email !== null && (
        <Button look="ghost" className="w-full" onClick={() => setEmail(null)}>
          {sign.anotherCode}
        </Button>
      )}
    </form>
  );
}
