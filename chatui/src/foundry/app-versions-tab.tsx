import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { appQuery } from "../api/apps.ts";
import { versionsQuery } from "../api/versions.ts";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { ImportZip } from "./import-zip.tsx";
import { PromptBox } from "./prompt-box.tsx";
import { useRebuild } from "./use-rebuild.ts";
import { VersionList } from "./version-list.tsx";

/** What the app was before, and a box to say what should change. */
export function AppVersionsTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  const versions = useQuery(versionsQuery(id));
  const live = app.data?.live_version ?? null;
  const edit = useRebuild(id, live ?? undefined);
  if (versions.isPending || !app.data) return <PageLoading />;
  return (
    <div className="mx-auto w-full max-w-3xl space-y-8 px-4 py-8 sm:px-6">
      {live !== null && (
        <section aria-labelledby="change" className="space-y-3">
          <h2 id="change" className="text-lg font-semibold">
            What should change?
          </h2>
          {edit.isError && <Problem error={edit.error} />}
          <PromptBox
            label="What should change?"
            placeholder="Refunds over $100 need my approval"
            action="Change it"
            examples={false}
            busy={edit.isPending}
            onBuild={(prompt) => edit.mutate(prompt)}
          />
        </section>
      )}
      <section aria-labelledby="versions" className="space-y-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h2 id="versions" className="text-lg font-semibold">
            Versions
          </h2>
          <ImportZip id={id} />
        </div>
        {versions.isError && <Problem error={versions.error} retry={() => void versions.refetch()} />}
        {versions.data?.items.length === 0 && (
          <Empty title="No versions yet">They appear here once a build has gone live.</Empty>
        )}
        {versions.data && <VersionList enterpriseId={id} live={live} versions={versions.data.items} />}
      </section>
    </div>
  );
}
