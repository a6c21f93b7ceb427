import { useQuery } from "@tanstack/react-query";
import { siteQuery } from "./api/site.ts";
import { useLanguage } from "./branded/use-language.ts";
import { later } from "./ui/later.tsx";
import { Problem } from "./ui/notice.tsx";
import { PageLoading } from "./ui/skeleton.tsx";
import { useWords } from "./words/words.ts";

const FoundryApp = later(() => import("./foundry/foundry-app.tsx").then((it) => it.default), <PageLoading />);
const BrandedApp = later(() => import("./branded/branded-app.tsx").then((it) => it.default), <PageLoading />);

/** The kept shell, which only apps have, was opened without a connection: it goes on by itself once there is one. */
function NoLine() {
  useLanguage(undefined);
  const words = useWords();
  return (
    <main className="mx-auto max-w-xl px-4 py-24">
      <p role="status" className="text-center text-soft">
        {words.errors.OFFLINE}
      </p>
    </main>
  );
}

/** Asks which site this host is, and shows that one. */
export function Boot() {
  const site = useQuery(siteQuery);
  if (site.isPending) return site.fetchStatus === "paused" ? <NoLine /> : <PageLoading />;
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
  return site.data.kind === "foundry" ? <FoundryApp site={site.data} /> : <BrandedApp site={site.data} />;
}
