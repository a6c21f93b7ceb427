import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { forgetToken, keptToken } from "../api/kept-token.ts";
import { meQuery, useSignOut } from "../api/me.ts";
import { joinApp } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { useTitle } from "../ui/use-title.ts";
import { useWords } from "../words/words.ts";
import type { AppSite } from "./app-site.ts";

type Props = { site: AppSite; go: (path: string) => void };

/** For who followed the app's link and has an account of it now. */
export function JoinPage({ site, go }: Props) {
  const { sign } = useWords();
  useTitle(sign.join(site.name));
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
      <h1 className="text-3xl font-semibold">{sign.join(site.name)}</h1>
      {token === null ? (
        <Problem error={sign.linkBroken} />
      ) : (
        <Button className="w-full" busy={joining.isPending} onClick={() => joining.mutate()}>
          {sign.joinAction}
        </Button>
      )}
      {joining.isError && <Problem error={sign.linkNotYours} />}
    </main>
  );
}

/** For who is signed in and may not come in. */
export function NotAdmitted({ site }: { site: AppSite }) {
  const { sign } = useWords();
  useTitle(site.name);
  const signOut = useSignOut();
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-xl content-center gap-5 px-4 py-16">
      <h1 className="sr-only">{site.name}</h1>
      <Empty title={site.visibility === "sign_in" ? sign.accountNeeded : sign.forInvited(site.name)}>
        {site.visibility === "sign_in" ? sign.accountNeededText : sign.forInvitedText}
      </Empty>
      <Button look="secondary" onClick={() => void signOut()}>
        {sign.otherAccount}
      </Button>
    </main>
  );
}
