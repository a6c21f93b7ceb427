import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { forgetToken, keptToken } from "../api/kept-token.ts";
import { meQuery, useSignOut } from "../api/me.ts";
import { joinApp } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { useTitle } from "../ui/use-title.ts";
import type { AppSite } from "./app-site.ts";

type Props = { site: AppSite; go: (path: string) => void };

/** For who followed the app's link and has an account of it now. */
export function JoinPage({ site, go }: Props) {
  useTitle(`Join ${site.name}`);
  const queries = useQueryClient();
  const [token] = useState(() => keptToken("mozaiks.join"));
  const joining = useMutation({
    mutationFn: () => joinApp(token ?? ""),
    onSuccess: async () => {
      forgetToken("mozaiks.join");
      await queries.fetchQuery({ ...meQuery, staleTime: 0 });
      go("/");
    },
    onError: () => forgetToken("mozaiks.join"),
  });
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center gap-5 px-4 py-16">
      <h1 className="text-3xl font-semibold">Join {site.name}</h1>
      {token === null ? (
        <Problem error="This link is not whole. Ask for a new one." />
      ) : (
        <Button className="w-full" busy={joining.isPending} onClick={() => joining.mutate()}>
          Join
        </Button>
      )}
      {joining.isError && <Problem error="This link is no longer good, or not for you. Ask for a new one." />}
    </main>
  );
}

/** For who is signed in and may not come in. */
export function NotAdmitted({ site }: { site: AppSite }) {
  useTitle(site.name);
  const signOut = useSignOut();
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-xl content-center gap-5 px-4 py-16">
      <h1 className="sr-only">{site.name}</h1>
      <Empty
        title={
          site.visibility === "sign_in" ? "An account is needed here" : `${site.name} is for invited people`
        }
      >
        {site.visibility === "sign_in"
          ? "Sign in, or make an account."
          : "If you were invited, sign in with that e-mail address by a code, or open the link you were sent."}
      </Empty>
      <Button look="secondary" onClick={() => void signOut()}>
        Use another account
      </Button>
    </main>
  );
}
