import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { readToken } from "../api/kept-token.ts";
import { AccountPage } from "../ui/account-page.tsx";
import { SignForm } from "../ui/sign-form.tsx";
import { LinkPage, ResetPage } from "../ui/token-pages.tsx";
import { useTitle } from "../ui/use-title.ts";
import { keptPrompt } from "./kept-prompt.ts";
import { SignedIn } from "./signed-in.tsx";
import { useFoundrySite } from "./use-foundry-site.ts";

export function SignUpPage() {
  useTitle("Sign up · Mozaiks");
  const goOn = useGoOn();
  const { sign_in } = useFoundrySite();
  return (
    <SignPage title={keptPrompt() ? "One step before we build" : "Create your account"}>
      <SignForm mode="sign-up" ways={sign_in} to={wayOn()} onDone={goOn} forgot={null}>
        <p className="text-center text-soft">
          Already have an account?{" "}
          <Link to="/sign-in" className="font-medium text-accent-ink underline underline-offset-4">
            Sign in
          </Link>
        </p>
      </SignForm>
    </SignPage>
  );
}

export function SignInPage() {
  useTitle("Sign in · Mozaiks");
  const goOn = useGoOn();
  const { sign_in } = useFoundrySite();
  return (
    <SignPage title="Welcome back">
      <SignForm
        mode="sign-in"
        ways={sign_in}
        to={wayOn()}
        onDone={goOn}
        forgot={
          <Link to="/reset-password" className="font-medium text-accent-ink underline underline-offset-4">
            Forgot your password?
          </Link>
        }
      >
        <p className="text-center text-soft">
          New here?{" "}
          <Link to="/sign-up" className="font-medium text-accent-ink underline underline-offset-4">
            Sign up
          </Link>
        </p>
      </SignForm>
    </SignPage>
  );
}

export function ResetPasswordPage() {
  useTitle("A new password · Mozaiks");
  return (
    <SignPage title="A new password">
      <ResetPage
        signInLink={
          <p className="text-center">
            <Link to="/sign-in" className="font-medium text-accent-ink underline underline-offset-4">
              Sign in
            </Link>
          </p>
        }
      />
    </SignPage>
  );
}

export function SignInLinkPage() {
  useTitle("Sign in · Mozaiks");
  const goOn = useGoOn();
  return (
    <SignPage title="Welcome back">
      <LinkPage siteName="Mozaiks" onDone={goOn} />
    </SignPage>
  );
}

export function FoundryAccountPage() {
  useTitle("Your account · Mozaiks");
  const { sign_in } = useFoundrySite();
  return <SignedIn>{(me) => <AccountPage me={me} ways={sign_in} />}</SignedIn>;
}

/** Where a provider's page leads back to. */
function wayOn(): string {
  const next = new URLSearchParams(location.search).get("next");
  if (readToken("mozaiks.invitation")) return "/invite";
  if (keptPrompt()) return "/new";
  return next && /^\/apps(\/[\w.-]+)*$/.test(next) ? next : "/apps";
}

/** An invitation is answered next, a kept prompt is built; anything else leads to the page that asked for a sign-in, or to the apps. */
function useGoOn() {
  const navigate = useNavigate();
  return function goOn() {
    const next = new URLSearchParams(location.search).get("next");
    if (readToken("mozaiks.invitation")) void navigate({ to: "/invite" });
    else if (keptPrompt()) void navigate({ to: "/new" });
    else if (next?.startsWith("/apps")) void navigate({ href: next });
    else void navigate({ to: "/apps" });
  };
}

function SignPage({ title, children }: { title: string; children: ReactNode }) {
  const kept = keptPrompt();
  return (
    <div className="mx-auto w-full max-w-md px-4 py-12 sm:py-20">
      <h1 className="text-3xl font-semibold">{title}</h1>
      {kept && (
        <blockquote className="mt-4 line-clamp-4 border-l-2 border-accent pl-4 text-soft">
          {kept.prompt}
        </blockquote>
      )}
      <div className="mt-7">{children}</div>
    </div>
  );
}
