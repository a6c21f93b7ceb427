import { Navigate, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Me } from "#protocol/api/me";
import { useMe } from "../api/me.ts";
import { Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";

/** Shows a page to whoever is signed in; sends others to sign in and back. */
export function SignedIn({ children }: { children: (me: Me) => ReactNode }) {
  const me = useMe();
  const here = useRouterState({ select: (state) => state.location.href });
  if (me.isPending) return <PageLoading />;
  if (me.isError)
    return (
      <div className="mx-auto w-full max-w-xl px-4 py-16">
        <Problem error={me.error} retry={() => void me.refetch()} />
      </div>
    );
  if (!me.data) return <Navigate to="/sign-in" search={{ next: here } as never} replace />;
  return children(me.data);
}
