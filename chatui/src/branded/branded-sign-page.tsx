import type { MouseEvent } from "react";
import { OfflineModelBadge } from "../ui/badge.tsx";
import { AppMark } from "../ui/mark.tsx";
import { SignForm } from "../ui/sign-form.tsx";
import { useTitle } from "../ui/use-title.ts";
import type { AppSite } from "./app-site.ts";

type Props = { site: AppSite; mode: "sign-in" | "sign-up"; go: (path: string) => void };

const TEXT = {
  "sign-up": { title: "Create your account", ask: "Been here before?", other: "Sign in", path: "/sign-in" },
  "sign-in": { title: "Sign in", ask: "New here?", other: "Create an account", path: "/sign-up" },
} as const;

/** An app's users have accounts of this app alone. */
export function BrandedSignPage({ site, mode, go }: Props) {
  const { title, ask, other, path } = TEXT[mode];
  useTitle(`${title} · ${site.name}`);
  function change(event: MouseEvent) {
    event.preventDefault();
    go(path);
  }
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center px-4 py-12">
      <div className="flex items-center gap-3">
        <AppMark name={site.name} text={site.branding.logo_text} className="size-11" />
        <span className="min-w-0 flex-1 truncate text-lg font-semibold">{site.name}</span>
        {site.offline_model && <OfflineModelBadge />}
      </div>
      <h1 className="mt-8 text-3xl font-semibold">{title}</h1>
      {site.branding.welcome && <p className="mt-2 text-soft">{site.branding.welcome}</p>}
      <div className="mt-7">
        <SignForm key={mode} mode={mode} onDone={() => go("/")}>
          <p className="text-center text-soft">
            {ask}{" "}
            <a
              href={path}
              onClick={change}
              className="font-medium text-accent-ink underline underline-offset-4"
            >
              {other}
            </a>
          </p>
        </SignForm>
      </div>
    </main>
  );
}
