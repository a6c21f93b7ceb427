import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Download } from "lucide-react";
import { useState } from "react";
import type { ListedVersion } from "#protocol/api/version";
import { newId } from "../api/new-id.ts";
import { diffQuery, restoreVersion } from "../api/versions.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button, buttonLook } from "../ui/button.tsx";
import { messageOf } from "../ui/notice.tsx";
import { DiffDetails } from "./diff-details.tsx";

type Props = { enterpriseId: string; live: number | null; versions: ListedVersion[] };

/** Versions, newest first: any but the live one can be made live again, as a new version that equals it. */
export function VersionList({ enterpriseId, live, versions }: Props) {
  return (
    <ul className="space-y-3">
      {versions.map((version) => (
        <Version key={version.version} enterpriseId={enterpriseId} live={live} it={version} />
      ))}
    </ul>
  );
}

function Version({
  enterpriseId,
  live,
  it,
}: {
  enterpriseId: string;
  live: number | null;
  it: ListedVersion;
}) {
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: () => restoreVersion(enterpriseId, it.version, live, newId()),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["versions", enterpriseId] }),
        queries.invalidateQueries({ queryKey: ["apps"] }),
      ]),
  });
  return (
    <li data-testid={`version-${it.version}`} className="rounded-2xl border border-line bg-surface p-4">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-semibold">
            Version {it.version}
            {it.status === "live" && <Badge tone="accent">live</Badge>}
            {it.status === "draft" && <Badge>draft</Badge>}
            {/^published over \d+ red/.test(it.note) && <Badge tone="warn">over red</Badge>}
          </p>
          <p className="mt-1 break-words">{it.note}</p>
          <p className="mt-1 text-sm text-soft">
            {it.by.name ? `${it.by.name}, ` : ""}
            {moment(it.at)}
          </p>
        </div>
        <div className="flex flex-wrap gap-2">
          <a
            href={`/api/apps/${enterpriseId}/versions/${it.version}/export`}
            download
            className={buttonLook("ghost", "small")}
            aria-label={`Export version ${it.version} as a zip`}
          >
            <Download className="size-4" aria-hidden="true" />
            Export
          </a>
          {it.status !== "live" && (
            <Button look="secondary" size="small" busy={restore.isPending} onClick={() => restore.mutate()}>
              {it.status === "draft" ? "Publish" : "Restore"}
            </Button>
          )}
        </div>
      </div>
      {restore.isError && (
        <p role="alert" className="mt-2 text-sm text-bad">
          {messageOf(restore.error)}
        </p>
      )}
      {it.base_version !== null && (
        <Changes enterpriseId={enterpriseId} from={it.base_version} to={it.version} />
      )}
    </li>
  );
}

/** Read when somebody wants to know. */
function Changes({ enterpriseId, from, to }: { enterpriseId: string; from: number; to: number }) {
  const [wanted, setWanted] = useState(false);
  const diff = useQuery({ ...diffQuery(enterpriseId, from, to), enabled: wanted });
  if (diff.data && diff.data.changes.length === 0)
    return <p className="mt-3 text-sm text-soft">Nothing changed from version {from}.</p>;
  if (diff.data) return <DiffDetails diff={diff.data} />;
  return (
    <Button
      look="ghost"
      size="small"
      className="mt-2 -ml-3"
      busy={diff.isFetching}
      onClick={() => setWanted(true)}
    >
      What changed from version {from}?
    </Button>
  );
}
