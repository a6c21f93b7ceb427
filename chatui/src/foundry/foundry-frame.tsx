import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { LogOut } from "lucide-react";
import { useMe, useSignOut } from "../api/me.ts";
import { Button, buttonLook } from "../ui/button.tsx";
import { Mark } from "../ui/mark.tsx";
import { Empty } from "../ui/notice.tsx";

/** The bar on top of every page of the foundry, and the page below it. */
export function FoundryFrame() {
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only focus:not-sr-only focus:absolute focus:left-4 focus:top-3 focus:z-50 focus:rounded-lg focus:bg-surface focus:px-4 focus:py-2"
      >
        Skip to the page
      </a>
      <header className="border-b border-line bg-paper/90">
        <nav aria-label="Site" className="flex h-16 items-center gap-2 px-4 sm:px-6">
          <Link to="/" className="flex items-center gap-2.5 rounded-lg text-lg font-semibold tracking-tight">
            <Mark />
            Mozaiks
          </Link>
          <span className="flex-1" />
          <Account />
        </nav>
      </header>
      <main id="main" tabIndex={-1} className="flex flex-1 flex-col outline-none">
        <Outlet />
      </main>
    </div>
  );
}

function Account() {
  const me = useMe();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (me.isPending) return <span className="h-9" />;
  if (!me.data)
    return (
      <>
        <Link to="/sign-in" className={buttonLook("ghost", "small")}>
          Sign in
        </Link>
        <Link to="/sign-up" className={buttonLook("primary", "small")}>
          Sign up
        </Link>
      </>
    );
  return (
    <>
      <Link to="/apps" className={buttonLook("ghost", "small")} activeProps={{ className: "!text-ink" }}>
        My apps
      </Link>
      <Link
        to="/usage"
        className={`${buttonLook("ghost", "small")} max-sm:!hidden`}
        activeProps={{ className: "!text-ink" }}
      >
        My usage
      </Link>
      <Link
        to="/account"
        className="hidden max-w-44 truncate px-2 text-sm text-soft underline-offset-4 hover:underline sm:block"
        title={me.data.email}
      >
        {me.data.name || me.data.email}
      </Link>
      <Button
        look="ghost"
        size="small"
        onClick={() => void signOut().then(() => navigate({ to: "/" }))}
        aria-label="Sign out"
        title="Sign out"
      >
        <LogOut className="size-4" aria-hidden="true" />
      </Button>
    </>
  );
}

export function NoSuchPage() {
  return (
    <div className="mx-auto w-full max-w-xl px-4 py-20">
      <h1 className="sr-only">Page not found</h1>
      <Empty title="There is no such page">
        <Link to="/" className={buttonLook("secondary", "small")}>
          To the start
        </Link>
      </Empty>
    </div>
  );
}
