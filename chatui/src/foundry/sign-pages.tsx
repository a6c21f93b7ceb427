import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SignForm } from "../ui/sign-form.tsx";
import { useTitle } from "../ui/use-title.ts";
import { keptPrompt } from "./kept-prompt.ts";

export function SignUpPage() {
  useTitle("Sign up · Mozaiks");
  const goOn = useGoOn();
  return (
    <SignPage title={keptPrompt() ? "One step before we build" : "Create your account"}>
      <SignForm mode="sign-up" onDone={goOn}>
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
  return (
    <SignPage title="Welcome back">
      <SignForm mode="sign-in" onDone={goOn}>
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

/** A kept prompt is built next; anything else leads to the page that asked for a sign-in, or to the apps. */
function useGoOn() {
  const navigate = useNavigate();
  return function goOn() {
    const next = new URLSearchParams(location.search).get("next");
    if (keptPrompt()) void navigate({ to: "/new" });
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
