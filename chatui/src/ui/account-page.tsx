import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import type { Me } from "#protocol/api/me";
import type { SignInWays } from "#protocol/sign-in";
import type { ApiFailure } from "../api/failure.ts";
import { deleteMe, meQuery } from "../api/me.ts";
import { addPasskey, knowsPasskeys, listPasskeys, removePasskey } from "../api/passkeys.ts";
import * as signIn from "../api/sign-in.ts";
import { day } from "../words/formats.ts";
import { useWords } from "../words/words.ts";
import { Button, buttonLook } from "./button.tsx";
import { CodeForm } from "./code-form.tsx";
import { Field } from "./field.tsx";
import { Problem } from "./notice.tsx";

/** What somebody signs in with here, and what is held of them. */
export function AccountPage({ me, ways }: { me: Me; ways: SignInWays }) {
  const { sign, account: yourAccount, keepChats } = useWords();
  const queries = useQueryClient();
  const account = useQuery({ queryKey: ["account"], queryFn: signIn.readAccount });
  const again = async () => {
    await queries.invalidateQueries({ queryKey: ["account"] });
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
  };
  const user = account.data?.user;
  return (
    <div className="mx-auto w-full max-w-xl space-y-10 px-4 py-10">
      <h1 className="text-3xl font-semibold">{yourAccount}</h1>
      {me.guest
        ? ways.email && (
            <Part title={keepChats} text={sign.keepText}>
              <CodeForm
                ask={signIn.askToKeep}
                use={async (email, code) => {
                  await signIn.keepAs(email, code);
                  await again();
                }}
                action={sign.keepAction}
              />
            </Part>
          )
        : user &&
          !user.emailVerified &&
          ways.email && (
            <Part title={sign.confirmEmail} text={me.email}>
              <CodeForm
                email={me.email}
                ask={signIn.askForProof}
                use={async (email, code) => {
                  await signIn.proveAddress(email, code);
                  await again();
                }}
                action={sign.confirm}
              />
            </Part>
          )}
      {!me.guest && user && (
        <Part title={sign.secondStep} text={sign.secondStepText}>
          <SecondStep isOn={user.twoFactorEnabled === true} onChange={again} />
        </Part>
      )}
      {ways.passkey && knowsPasskeys() && (
        <Part title={sign.passkeys} text={sign.passkeysText}>
          <Passkeys />
        </Part>
      )}
      <YourData guest={me.guest} />
    </div>
  );
}

/** What is held of them: to keep, and to delete. */
function YourData({ guest }: { guest: boolean }) {
  const { sign, cancel } = useWords();
  const queries = useQueryClient();
  const [asked, setAsked] = useState(false);
  const deletion = useMutation({
    mutationFn: deleteMe,
    onSuccess: () => {
      queries.removeQueries({ predicate: (query) => query.queryKey[0] !== "site" });
      queries.setQueryData(meQuery.queryKey, null);
    },
  });
  const stale = (deletion.error as Partial<ApiFailure> | null)?.code === "FRESH_SIGN_IN_NEEDED";
  return (
    <>
      {!guest && (
        <Part title={sign.yourData} text={sign.yourDataText}>
          <a href="/api/me/export" download className={buttonLook("secondary")}>
            {sign.downloadData}
          </a>
        </Part>
      )}
      <Part title={sign.deleteAccount} text={sign.deleteAccountText}>
        {deletion.isError && <Problem error={stale ? sign.signInAgain : deletion.error} />}
        {asked ? (
          <div className="flex flex-wrap gap-2">
            <Button look="danger" busy={deletion.isPending} onClick={() => deletion.mutate()}>
              {sign.deleteForGood}
            </Button>
            <Button look="ghost" onClick={() => setAsked(false)}>
              {cancel}
            </Button>
          </div>
        ) : (
          <Button look="secondary" onClick={() => setAsked(true)}>
            {sign.deleteAccount}
          </Button>
        )}
      </Part>
    </>
  );
}

function Part({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="space-y-3">
      <h2 className="text-lg font-semibold">{title}</h2>
      <p className="text-soft">{text}</p>
      {children}
    </section>
  );
}

function SecondStep({ isOn, onChange }: { isOn: boolean; onChange: () => Promise<void> }) {
  const { sign } = useWords();
  const [begun, setBegun] = useState<{ totpURI: string; backupCodes: string[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const value = String(new FormData(event.currentTarget).get("value") ?? "").trim();
    setError(null);
    try {
      if (begun) {
        await signIn.takeSecondStep(value);
        setBegun(null);
      } else if (isOn) await signIn.endSecondStep(value);
      else return setBegun(await signIn.beginSecondStep(value));
      await onChange();
    } catch (failure) {
      setError(failure);
    }
  }
  return (
    <form onSubmit={submit} className="space-y-3">
      {begun ? (
        <>
          <p>
            <a href={begun.totpURI} className="font-medium text-accent-ink underline underline-offset-4">
              {sign.openAuthenticator}
            </a>
            , {sign.orTypeKey}{" "}
            <code className="break-all">{new URL(begun.totpURI).searchParams.get("secret")}</code>
          </p>
          <p>{sign.backupCodes}</p>
          <ul className="grid grid-cols-2 gap-1 font-mono text-sm">
            {begun.backupCodes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <Field
            key="code"
            label={sign.codeFromApp}
            name="value"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
          />
        </>
      ) : (
        <Field
          key="password"
          label={sign.yourPassword}
          name="value"
          type="password"
          autoComplete="current-password"
          required
        />
      )}
      {error !== null && <Problem error={error} />}
      <Button type="submit" look={begun ? "primary" : "secondary"}>
        {begun ? sign.turnOn : isOn ? sign.turnOff : sign.setUp}
      </Button>
    </form>
  );
}

function Passkeys() {
  const { sign, remove } = useWords();
  const queries = useQueryClient();
  const passkeys = useQuery({ queryKey: ["passkeys"], queryFn: listPasskeys });
  const [error, setError] = useState<unknown>(null);
  async function change(work: () => Promise<unknown>) {
    setError(null);
    await work().catch(setError);
    await queries.invalidateQueries({ queryKey: ["passkeys"] });
  }
  return (
    <div className="space-y-3">
      <ul className="divide-y divide-line">
        {passkeys.data?.map(({ id, name, createdAt }) => (
          <li key={id} className="flex items-center gap-3 py-2">
            <span className="min-w-0 flex-1 truncate">
              {name || sign.passkeyName}, {day(createdAt)}
            </span>
            <Button look="ghost" size="small" onClick={() => void change(() => removePasskey(id))}>
              {remove}
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && <Problem error={error} />}
      <Button look="secondary" onClick={() => void change(() => addPasskey(sign.passkeyName))}>
        {sign.addPasskey}
      </Button>
    </div>
  );
}
