import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { knowledgeQuery } from "../api/knowledge.ts";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { KnowledgeFile } from "./knowledge-file.tsx";
import { KnowledgeSearch } from "./knowledge-search.tsx";
import { KnowledgeUploads } from "./knowledge-uploads.tsx";
import { MoreButton } from "./more-button.tsx";

/** The files that the app's agents may cite. */
export function AppKnowledgeTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const files = useInfiniteQuery(knowledgeQuery(id));
  if (files.isPending) return <PageLoading />;
  const items = files.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <div className="mx-auto w-full max-w-5xl space-y-8 px-4 py-8 sm:px-6">
      <div>
        <h2 className="text-xl font-semibold">Knowledge</h2>
        <p className="mt-1 text-soft">
          Your own files. Agents look things up in them and show the source behind each sentence.
        </p>
      </div>
      <KnowledgeUploads id={id} />
      {files.isError && <Problem error={files.error} retry={() => void files.refetch()} />}
      {files.data && items.length === 0 && (
        <Empty title="No files yet">Upload a policy, a handbook or a price list.</Empty>
      )}
      {items.length > 0 && (
        <section aria-label="Files">
          <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
            {items.map((it) => (
              <KnowledgeFile key={it.file_id} id={id} file={it} />
            ))}
          </ul>
          <MoreButton list={files} className="mt-3" />
        </section>
      )}
      {items.length > 0 && <KnowledgeSearch id={id} />}
    </div>
  );
}
