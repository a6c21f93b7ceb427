import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ApiFailure } from "../api/failure.ts";
import { forgetToken, keptToken } from "../api/kept-token.ts";
import { meQuery, useMe, useSignOut } from "../api/me.ts";
import { acceptInvitation, lookAtInvitation } from "../api/people.ts";
import { askForProof, proveAddress } from "../api/sign-in.ts";
import { Button } from "../ui/button.tsx";
import { CodeForm } from "../ui/code-form.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { useTitle } from "../ui/use-title.ts";
import { ROLE_WORDS } from "./role-words.ts";

/** What a mailed link invites to; whoever it is for accepts it here, once signed in with that address, proven. */
export function InvitePage() {
  useTitle("Invitation · Mozaiks");
  const [token] = useState(() => keptToken("mozaiks.invitation"));
  const me = useMe();
  const offer = useQuery({
    queryKey: ["invitation", token],
    queryFn: () => lookAtInvitation(token ?? ""),
    enabled: token !== null,
    retry: false,
  });
  if (token === null || offer.isError)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Empty title="This invitation is no longer good">
          It was used, taken back, or is older than seven days. Ask for a new one.
        </Empty>
      </div>
    );
  if (!offer.data || me.isPending) return <PageLoading />;
  const { app_name, role, email, invited_by } = offer.data;
  return (
    <div className="mx-auto w-full max-w-md space-y-6 px-4 py-12 sm:py-20">
      <h1 className="text-3xl font-semibold break-words">Run “{app_name}” together</h1>
      <p className="text-soft">
        {invited_by ?? "Somebody"} invites you as <strong>{ROLE_WORDS[role].title}</strong>:{" "}
        {ROLE_WORDS[role].text}. The invitation is for {email}.
      </p>
      {me.data ? <Accept token={token} email={email} own={me.data.email} /> : <SignInFirst />}
    </div>
  );
}

function SignInFirst() {
  const look = "font-medium text-accent-ink underline underline-offset-4";
  return (
    <p>
      <Link to="/sign-in" className={look}>
        Sign in
      </Link>{" "}
      or{" "}
      <Link to="/sign-up" className={look}>
        make an account
      </Link>{" "}
      with this address; you come back here.
    </p>
  );
}

function Accept({ token, email, own }: { token: string; email: string; own: string }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const accepting = useMutation({
    mutationFn: () => acceptInvitation(token),
    onSuccess: async ({ enterprise_id }) => {
      forgetToken("mozaiks.invitation");
      await queries.invalidateQueries({ queryKey: ["apps"] });
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
      await navigate({ to: "/apps/$id", params: { id: enterprise_id } });
    },
  });
  if (own.toLowerCase() !== email)
    return (
      <div className="space-y-3">
        <p>You are signed in as {own}.</p>
        <Button look="secondary" onClick={() => void signOut()}>
          Use another account
        </Button>
      </div>
    );
  if ((accepting.error as ApiFailure | null)?.code === "ADDRESS_NOT_PROVEN")
    return (
      <div className="space-y-3">
        <p>One step before: show that {own} is yours.</p>
        <CodeForm
          email={own}
          ask={askForProof}
          use={async (address, code) => {
            await proveAddress(address, code);
            accepting.mutate();
          }}
          action="Confirm and accept"
        />
      </div>
    );
  return (
    <div className="space-y-3">
      <Button className="w-full" busy={accepting.isPending} onClick={() => accepting.mutate()}>
        Accept
      </Button>
      {accepting.isError && <Problem error={accepting.error} />}
    </div>
  );
}
