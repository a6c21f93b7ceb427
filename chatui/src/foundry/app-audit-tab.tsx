import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import type { AuditEntry } from "#protocol/api/audit";
import { appQuery } from "../api/apps.ts";
import { type AuditFilter, auditFile, auditQuery } from "../api/audit.ts";
import { membersQuery } from "../api/people.ts";
import { Button } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { saveFile } from "../ui/save-file.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditLine } from "./audit-line.tsx";
import { MoreButton } from "./more-button.tsx";

export function AppAuditTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const app = useQuery(appQuery(id));
  return app.data ? <AuditLog key={id} id={id} can={app.data.can} /> : null;
}

/** What was done with this app, by whom and when: found by person, kind and day, and for its owner as a file. */
export function AuditLog({ id, can }: { id: string; can: readonly string[] }) {
  const [filter, setFilter] = useState<AuditFilter>({});
  const log = useInfiniteQuery(auditQuery(id, filter));
  const members = useQuery(membersQuery(id));
  const team = members.data?.items;
  const names = useMemo(
    () => new Map(team?.map((it) => [it.user_id, it.name.trim() || it.email] as const)),
    [team],
  );
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  const isAsked = Object.values(filter).some(Boolean);
  return (
    <div className="mx-auto w-full max-w-4xl space-y-6 px-4 py-8 sm:px-6">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="text-xl font-semibold">Audit log</h2>
          <p className="mt-1 text-soft">
            Who changed what, and when. Rows are added and never changed; no secret stands in them.
          </p>
        </div>
        {can.includes("audit.export") && <Export id={id} filter={filter} />}
      </div>
      <AuditFilters filter={filter} onChange={setFilter} team={team ?? []} />
      {log.isError && <Problem error={log.error} retry={() => void log.refetch()} />}
      {log.isPending && <Loading />}
      {log.data && rows.length === 0 && (
        <Empty title={isAsked ? "Nothing like that was done" : "Nothing was changed yet"}>
          {isAsked ? (
            <Button look="secondary" size="small" className="mt-3" onClick={() => setFilter({})}>
              Clear the filters
            </Button>
          ) : (
            "Changes of settings, people, keys, versions and more will stand here."
          )}
        </Empty>
      )}
      {daysOfRows(rows).map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h3 className="mb-2 text-sm font-medium tracking-normal text-soft">{day}</h3>
          <ol className="divide-y divide-line rounded-2xl border border-line bg-surface shadow-card">
            {ofDay.map((it) => (
              <AuditLine key={it.audit_id} it={it} names={names} />
            ))}
          </ol>
        </section>
      ))}
      <MoreButton list={log} className="mx-auto" />
    </div>
  );
}

function Export({ id, filter }: { id: string; filter: AuditFilter }) {
  const saving = useMutation({
    mutationFn: (format: "csv" | "ndjson") => auditFile(id, filter, format),
    onSuccess: (file, format) => saveFile(file, `audit-${id}.${format}`),
  });
  const save = (format: "csv" | "ndjson") => ({
    size: "small" as const,
    busy: saving.isPending && saving.variables === format,
    onClick: () => saving.mutate(format),
  });
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        <Button look="secondary" {...save("csv")}>
          <Download className="size-4" aria-hidden="true" />
          Export CSV
        </Button>
        <Button look="ghost" aria-label="Export NDJSON, a row a line" {...save("ndjson")}>
          NDJSON
        </Button>
      </div>
      {saving.isError && <Problem error={saving.error} />}
    </div>
  );
}

function Loading() {
  return (
    <div role="status" className="space-y-3">
      <span className="sr-only">Loading…</span>
      <Skeleton className="h-5 w-40" />
      <Skeleton className="h-64" />
    </div>
  );
}

/** Rows by the day they fall on where the reader is, in their order. */
function daysOfRows(rows: readonly AuditEntry[]): [string, AuditEntry[]][] {
  const days = new Map<string, AuditEntry[]>();
  for (const row of rows) {
    const day = new Date(row.at).toLocaleDateString(undefined, { dateStyle: "full" });
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days];
}
