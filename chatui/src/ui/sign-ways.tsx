import { KeyRound, Mail, UserRound } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { SignInWays } from "#protocol/sign-in";
import { knowsPasskeys, signInByPasskey } from "../api/passkeys.ts";
import { leaveFor, signInAsGuest } from "../api/sign-in.ts";
import { useWords } from "../words/words.ts";
import { Button } from "./button.tsx";
import { Problem } from "./notice.tsx";
import { signInErrorWords } from "./sign-in-error.ts";

type Props = {
  ways: SignInWays;
  /** Where a provider sends the browser back to: a path of this site. */
  to: string;
  /** Turns to the code by mail. */
  onCode: () => void;
  /** Runs when somebody is signed in. */
  onDone: () => Promise<void>;
};

/** The ways in beside e-mail and password: exactly those that the site offers. */
export function SignWays({ ways, to, onCode, onDone }: Props) {
  const { sign } = useWords();
  const [busy, setBusy] = useState("");
  const [error, setError] = useState<unknown>(() => signInErrorWords(location.search));

  async function go(name: string, work: () => Promise<unknown>, done = onDone) {
    setBusy(name);
    setError(null);
    try {
      await work();
      await done();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy("");
    }
  }
  const way = (name: string, label: string, icon: ReactNode, onClick: () => void) => (
    <Button look="secondary" className="w-full" busy={busy === name} onClick={onClick}>
      {icon}
      {label}
    </Button>
  );
  const provider = (name: "google" | "github", label: string) =>
    way(
      name,
      sign.continueWith(label),
      null,
      () =>
        void go(
          name,
          () => leaveFor(name, to),
          async () => {},
        ),
    );

  return (
    <div className="space-y-3">
      {error !== null && <Problem error={error} />}
      {ways.email && way("code", sign.mailCode, <Mail className="size-4" aria-hidden="true" />, onCode)}
      {ways.passkey &&
        knowsPasskeys() &&
        way(
          "passkey",
          sign.passkey,
          <KeyRound className="size-4" aria-hidden="true" />,
          () => void go("passkey", signInByPasskey),
        )}
      {ways.google && provider("google", "Google")}
      {ways.github && provider("github", "GitHub")}
      {ways.guest &&
        way(
          "guest",
          sign.guest,
          <UserRound className="size-4" aria-hidden="true" />,
          () => void go("guest", signInAsGuest),
        )}
    </div>
  );
}
