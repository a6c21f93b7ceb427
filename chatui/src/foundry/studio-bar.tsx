import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { AppDetail } from "#protocol/api/app";
import { newId } from "../api/new-id.ts";
import { restoreVersion } from "../api/versions.ts";
import { Button } from "../ui/button.tsx";
import { messageOf } from "../ui/notice.tsx";
import type { useChangedFiles } from "./use-changed-files.ts";

type Props = { app: AppDetail; work: ReturnType<typeof useChangedFiles> };

/** How the files stand: what is wrong, whether they are kept, and the way to live. */
export function StudioBar({ app, work }: Props) {
  const queries = useQueryClient();
  const draft = app.draft_version;
  const publishing = useMutation({
    mutationFn: () => restoreVersion(app.enterprise_id, draft ?? 0, app.live_version, newId()),
    onSettled: () => queries.invalidateQueries(),
  });
  const { issues, dirty, checking, refused } = work;
  if (!dirty && draft === null && !publishing.isSuccess) return null;
  return (
    <div className="space-y-2 border-b border-line bg-sunken/60 px-4 py-2.5 text-[0.95rem]">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="min-w-0 flex-1 basis-60">
          {dirty
            ? checking
              ? "Looking at what you changed…"
              : issues.length > 0
                ? `${issues.length} ${issues.length === 1 ? "thing doesn’t" : "things don’t"} fit together`
                : "Changed, and it fits together. Its conversations are held when you save it."
            : draft !== null
              ? `Version ${draft} is a draft. Test it, then publish it.`
              : "Published. New chats start on it."}
        </p>
        {dirty ? (
          <>
            <Button look="ghost" size="small" disabled={work.saving} onClick={work.undo}>
              Undo all
            </Button>
            <Button
              size="small"
              data-testid="save-draft"
              busy={work.saving}
              disabled={checking || issues.length > 0}
              onClick={work.save}
            >
              {work.saving ? "Holding its conversations…" : "Save as draft"}
            </Button>
          </>
        ) : (
          draft !== null && (
            <Button
              size="small"
              data-testid="publish-draft"
              busy={publishing.isPending}
              onClick={() => publishing.mutate()}
            >
              Publish
            </Button>
          )
        )}
      </div>
      {dirty && issues.length > 0 && (
        <ul className="max-h-32 space-y-1 overflow-y-auto text-sm text-bad">
          {issues.map((it) => (
            <li key={`${it.file} ${it.path} ${it.message}`}>
              <span className="font-mono">
                {it.file}
                {it.line === null ? "" : `:${it.line}`}
              </span>{" "}
              {it.message}
            </li>
          ))}
        </ul>
      )}
      {(refused.length > 0 || publishing.isError) && (
        <ul role="alert" className="max-h-32 space-y-1 overflow-y-auto text-sm text-bad">
          {(publishing.isError ? [messageOf(publishing.error)] : refused).map((it) => (
            <li key={it}>{it}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
