import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { siteQuery } from "./api/site.ts";
import { Problem } from "./ui/notice.tsx";
import { PageLoading } from "./ui/skeleton.tsx";

const FoundryApp = lazy(() => import("./foundry/foundry-app.tsx"));
const BrandedApp = lazy(() => import("./branded/branded-app.tsx"));

/** Asks which site this host is, and shows that one. */
export function Boot() {
  const site = useQuery(siteQuery);
  if (site.isPending) return <PageLoading />;
  if (site.isError)
    return (
      <main className="mx-auto max-w-xl space-y-4 px-4 py-24">
        <h1 className="text-2xl font-semibold">
          {site.error.message === "There is nothing here."
            ? "There is no app here"
            : "This page can’t be shown"}
        </h1>
        <Problem error={site.error} retry={() => void site.refetch()} />
      </main>
    );
  return (
    <Suspense fallback={<PageLoading />}>
      {site.data.kind === "foundry" ? <FoundryApp site={site.data} /> : <BrandedApp site={site.data} />}
    </Suspense>
  );
}
