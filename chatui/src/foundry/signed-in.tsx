import { Navigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { Me } from "#protocol/api/me";
import { useMe } from "../api/me.ts";
import { Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";

/** Shows a page to whoever is signed in; sends others to sign in and back. */
export function SignedIn({ children }: { children: (me: Me) => ReactNode }) {
  const me = useMe();
  // Where the visitor came to: kept, for the address changes while they are sent away.
  const [here] = useState(() => location.pathname + location.search);
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
