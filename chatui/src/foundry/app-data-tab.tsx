import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { appQuery } from "../api/apps.ts";
import { tablesQuery } from "../api/tables.ts";
import { tokens } from "../ui/amounts.ts";
import { Empty, Problem } from "../ui/notice.tsx";
import { PageLoading } from "../ui/skeleton.tsx";
import { DataTable } from "./data-table.tsx";
import { SampleData } from "./sample-data.tsx";

/** The rows that the app's tools read and write. */
export function AppDataTab() {
  const { id } = useParams({ from: "/apps/$id" });
  const { table: asked } = useSearch({ from: "/apps/$id/data" });
  const navigate = useNavigate();
  const app = useQuery(appQuery(id));
  const tables = useQuery(tablesQuery(id));
  if (tables.isPending) return <PageLoading />;
  const all = tables.data?.tables ?? [];
  const table = all.find((it) => it.name === asked) ?? all[0];
  const mayChange = app.data?.can.includes("data.change") ?? false;
  return (
    <div className="mx-auto w-full max-w-6xl space-y-6 px-4 py-8 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div>
          <h2 className="text-xl font-semibold">Data</h2>
          <p className="mt-1 text-soft">What the app’s tools read and write.</p>
        </div>
        {app.data?.can.includes("app.change") && <SampleData id={id} />}
      </div>
      {tables.isError && <Problem error={tables.error} retry={() => void tables.refetch()} />}
      {tables.data && all.length === 0 && (
        <Empty title="This app has no tables">Tables come with workflows that keep data.</Empty>
      )}
      {all.length > 0 && (
        <nav aria-label="Tables" className="flex gap-2 overflow-x-auto py-1">
          {all.map((it) => (
            <button
              key={it.name}
              type="button"
              aria-current={it === table || undefined}
              onClick={() =>
                void navigate({ to: "/apps/$id/data", params: { id }, search: { table: it.name } })
              }
              className="rounded-full border border-line bg-surface px-4 py-1.5 text-[0.95rem] whitespace-nowrap hover:bg-sunken aria-[current]:border-accent aria-[current]:bg-accent-wash"
            >
              {it.title} <span className="text-soft">{tokens(it.rows)}</span>
            </button>
          ))}
        </nav>
      )}
      {table && <DataTable key={table.name} id={id} table={table} mayChange={mayChange} />}
    </div>
  );
}
