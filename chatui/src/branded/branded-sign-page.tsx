import type { MouseEvent, ReactNode } from "react";
import { OfflineModelBadge } from "../ui/badge.tsx";
import { AppMark } from "../ui/mark.tsx";
import { SignForm } from "../ui/sign-form.tsx";
import { LinkPage, ResetPage } from "../ui/token-pages.tsx";
import { useTitle } from "../ui/use-title.ts";
import { useWords, type Words } from "../words/words.ts";
import type { AppSite } from "./app-site.ts";
import { LanguageChoice } from "./choices.tsx";

type Mode = "sign-in" | "sign-up" | "reset" | "link";
type Props = { site: AppSite; at: string; go: (path: string) => void };

const PAGES: Record<string, Mode> = {
  "/sign-in": "sign-in",
  "/reset-password": "reset",
  "/sign-in/link": "link",
};

/** Which page of signing in an address means. */
function modeOf(path: string): Mode {
  return PAGES[path] ?? "sign-up";
}

/** An app's users have accounts of this app alone. */
export function BrandedSignPage({ site, at, go }: Props) {
  const mode = modeOf(at);
  const { sign } = useWords();
  const { title, ask, other, path } = textOf(mode, sign);
  useTitle(`${title} · ${site.name}`);
  const link = (to: string, text: ReactNode) => (
    <a
      href={to}
      onClick={(event: MouseEvent) => {
        event.preventDefault();
        go(to);
      }}
      className="font-medium text-accent-ink underline underline-offset-4"
    >
      {text}
    </a>
  );
  const elsewhere = (
    <p className="text-center text-soft">
      {ask} {link(path, other)}
    </p>
  );
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md grid-cols-[minmax(0,1fr)] content-center px-4 py-12">
      <div className="flex items-center gap-3">
        <AppMark name={site.name} text={site.branding.logo_text} logo={site.logo} className="size-11" />
        <span className="flex min-w-0 flex-1 text-lg font-semibold">
          <span dir="auto" className="truncate">
            {site.name}
          </span>
        </span>
        {site.offline_model && <OfflineModelBadge />}
      </div>
      <h1 className="mt-8 text-3xl font-semibold">{title}</h1>
      {site.branding.welcome && (
        <p className="mt-2 text-soft">
          <bdi>{site.branding.welcome}</bdi>
        </p>
      )}
      <div className="mt-7 mb-8">
        {mode === "reset" ? (
          <ResetPage signInLink={elsewhere} />
        ) : mode === "link" ? (
          <>
            <LinkPage siteName={site.name} onDone={() => go("/")} />
            <div className="mt-4">{elsewhere}</div>
          </>
        ) : (
          <SignForm
            key={mode}
            mode={mode}
            ways={site.sign_in}
            to="/"
            onDone={() => go("/")}
            forgot={link("/reset-password", sign.forgot)}
          >
            {elsewhere}
          </SignForm>
        )}
      </div>
      <div className="flex justify-center">
        <LanguageChoice small />
      </div>
    </main>
  );
}

function textOf(mode: Mode, sign: Words["sign"]) {
  switch (mode) {
    case "sign-up":
      return { title: sign.createTitle, ask: sign.beenHere, other: sign.signIn, path: "/sign-in" };
    case "sign-in":
      return { title: sign.signIn, ask: sign.newHere, other: sign.create, path: "/sign-up" };
    case "reset":
      return { title: sign.newPasswordTitle, ask: "", other: sign.signIn, path: "/sign-in" };
    case "link":
      return { title: sign.welcomeBack, ask: "", other: sign.anotherWay, path: "/sign-in" };
  }
}
