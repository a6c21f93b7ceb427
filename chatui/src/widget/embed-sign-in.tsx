import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { speakAs } from "../api/http.ts";
import type { AppSite } from "../branded/app-site.ts";
import type { Visitors } from "../react/visitors.ts";
import { Button } from "../ui/button.tsx";
import { SignForm } from "../ui/sign-form.tsx";
import { useWords } from "../words/words.ts";

type Props = { site: AppSite; mark: ReactNode; visitors: Visitors; onClose: () => void; children: ReactNode };

const queries = new QueryClient();

/** For an app that lets no guests in: its accounts, by the ways that need no cookie and no other window. */
export function EmbedSignIn({ site, mark, visitors, onClose, children }: Props) {
  const { close, sign } = useWords();
  const [mode, setMode] = useState<"sign-in" | "sign-up">("sign-up");
  const { password, email, guest } = site.sign_in;
  const ways = { password, email, guest, passkey: false, google: false, github: false };
  // What the form asks for is asked with the token that it has got, and with none before.
  const [held] = useState(() => {
    const it: { token: string | null } = { token: null };
    speakAs({ base: "", token: async () => it.token, onSession: (token) => (it.token = token) });
    return it;
  });
  return (
    <QueryClientProvider client={queries}>
      <main className="mx-auto w-full max-w-md px-5 py-6">
        <div className="flex items-center gap-3">
          {mark}
          <h1 className="flex min-w-0 flex-1 text-lg font-semibold">
            <span dir="auto" className="truncate">
              {site.name}
            </span>
          </h1>
          <Button look="ghost" size="small" onClick={onClose}>
            {close}
          </Button>
        </div>
        <h2 className="mt-6 mb-4 text-2xl font-semibold">
          {mode === "sign-up" ? sign.createTitle : sign.signIn}
        </h2>
        {children}
        <SignForm
          key={mode}
          mode={mode}
          ways={ways}
          to="/"
          forgot={<ElsewhereLink href="/reset-password">{sign.forgot}</ElsewhereLink>}
          onDone={() => held.token && visitors.take(held.token)}
        >
          <Button
            look="ghost"
            className="w-full"
            onClick={() => setMode(mode === "sign-up" ? "sign-in" : "sign-up")}
          >
            {mode === "sign-up" ? `${sign.beenHere} ${sign.signIn}` : `${sign.newHere} ${sign.create}`}
          </Button>
        </SignForm>
      </main>
    </QueryClientProvider>
  );
}

function ElsewhereLink({ href, children }: { href: string; children: string }) {
  return (
    <a href={href} target="_blank" rel="noopener" className="text-accent-ink underline underline-offset-4">
      {children}
    </a>
  );
}
