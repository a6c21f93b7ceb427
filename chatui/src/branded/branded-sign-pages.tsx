import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { AppMark } from "../ui/mark.tsx";
import { SignForm } from "../ui/sign-form.tsx";
import { useTitle } from "../ui/use-title.ts";
import { useAppSite } from "./use-app-site.ts";

const LINK = "font-medium text-accent-ink underline underline-offset-4";

export function BrandedSignUpPage() {
  const goOn = useGoOn();
  return (
    <SignPage title="Create your account">
      <SignForm mode="sign-up" onDone={goOn}>
        <p className="text-center text-soft">
          Been here before?{" "}
          <a href="/sign-in" className={LINK}>
            Sign in
          </a>
        </p>
      </SignForm>
    </SignPage>
  );
}

export function BrandedSignInPage() {
  const goOn = useGoOn();
  return (
    <SignPage title="Sign in">
      <SignForm mode="sign-in" onDone={goOn}>
        <p className="text-center text-soft">
          New here?{" "}
          <a href="/sign-up" className={LINK}>
            Create an account
          </a>
        </p>
      </SignForm>
    </SignPage>
  );
}

function useGoOn() {
  const navigate = useNavigate();
  return () => void navigate({ to: "/" });
}

function SignPage({ title, children }: { title: string; children: ReactNode }) {
  const site = useAppSite();
  useTitle(`${title} · ${site.name}`);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-md content-center px-4 py-12">
      <div className="flex items-center gap-3">
        <AppMark name={site.name} text={site.branding.logo_text} className="size-11" />
        <span className="text-lg font-semibold">{site.name}</span>
      </div>
      <h1 className="mt-8 text-3xl font-semibold">{title}</h1>
      {site.branding.welcome && <p className="mt-2 text-soft">{site.branding.welcome}</p>}
      <div className="mt-7">{children}</div>
    </main>
  );
}
