import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ArrowDown, ArrowUp, Download, Plus, Upload } from "lucide-react";
import { useState } from "react";
import type { TableInfo, TableRow } from "#protocol/api/table";
import { rowsQuery, tableCsv } from "../api/tables.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Empty, Problem } from "../ui/notice.tsx";
import { saveFile } from "../ui/save-file.ts";
import { cellText, columnTitle } from "./cell-text.ts";
import { CsvDialog } from "./csv-dialog.tsx";
import { RowDialog } from "./row-dialog.tsx";
import { RowFilter } from "./row-filter.tsx";

type Props = { id: string; table: TableInfo; mayChange: boolean };
type Shown = { do: "edit"; row: TableRow | null } | { do: "import" };

/** One page of a table at a time: sorted, filtered, and changed row by row. */
export function DataTable({ id, table, mayChange }: Props) {
  const queries = useQueryClient();
  const [sort, setSort] = useState<string | null>(null);
  const [filter, setFilter] = useState<string | null>(null);
  /** Where this page and those before it begin; null is the first. */
  const [cursors, setCursors] = useState<(string | null)[]>([null]);
  const [shown, setShown] = useState<Shown | null>(null);
  const asked = { sort, filter, cursor: cursors.at(-1) ?? null };
  const rows = useQuery(rowsQuery(id, table.name, asked));
  const saving = useMutation({
    mutationFn: () => tableCsv(id, table.name),
    onSuccess: (csv) => saveFile(csv, `${table.name}.csv`),
  });
  const columns = Object.entries(table.columns);
  const close = () => setShown(null);
  const changed = () => queries.invalidateQueries({ queryKey: ["tables", id] });
  const sortBy = (name: string) => {
    setSort(sort === name ? `-${name}` : sort === `-${name}` ? null : name);
    setCursors([null]);
  };
  return (
    <section aria-label={table.title} className="space-y-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <RowFilter
          columns={table.columns}
          onChange={(next) => {
            setFilter(next);
            setCursors([null]);
          }}
        />
        <div className="flex flex-wrap gap-2">
          <Button look="secondary" size="small" busy={saving.isPending} onClick={() => saving.mutate()}>
            <Download className="size-4" aria-hidden="true" />
            CSV
          </Button>
          {mayChange && (
            <>
              <Button look="secondary" size="small" onClick={() => setShown({ do: "import" })}>
                <Upload className="size-4" aria-hidden="true" />
                Import
              </Button>
              <Button size="small" onClick={() => setShown({ do: "edit", row: null })}>
                <Plus className="size-4" aria-hidden="true" />
                Add row
              </Button>
            </>
          )}
        </div>
      </div>
      {saving.isError && <Problem error={saving.error} />}
      {rows.isError && <Problem error={rows.error} retry={() => void rows.refetch()} />}
      {rows.data?.items.length === 0 && (
        <Empty title={filter ? "No row fits" : "No rows yet"}>
          {filter ? "Try another filter." : "They come from chats, from here, or from a CSV."}
        </Empty>
      )}
      {rows.data && rows.data.items.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: a table that scrolls sideways is a region of its own
        <div
          role="region"
          aria-label={`Rows of ${table.title}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
          tabIndex={0}
          aria-busy={rows.isFetching}
          className="relative overflow-x-auto rounded-2xl border border-line bg-surface"
        >
          <table className="w-full text-left text-[0.95rem]">
            <thead>
              <tr className="border-b border-line">
                {columns.map(([name, column]) => (
                  <th key={name} scope="col" aria-sort={sortOf(sort, name)} className="px-1 py-1">
                    <button
                      type="button"
                      onClick={() => sortBy(name)}
                      className="inline-flex items-center gap-1 rounded-lg px-3 py-1.5 text-sm font-medium whitespace-nowrap text-soft hover:bg-sunken hover:text-ink"
                    >
                      {columnTitle(name, column)}
                      {sort === name && <ArrowUp className="size-3.5" aria-hidden="true" />}
                      {sort === `-${name}` && <ArrowDown className="size-3.5" aria-hidden="true" />}
                    </button>
                  </th>
                ))}
                <td />
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {rows.data.items.map((row) => (
                <tr key={row.id} data-testid="row">
                  {columns.map(([name, column]) => (
                    <td key={name} className="max-w-72 truncate px-4 py-2.5">
                      {cellText(row.values[name] ?? null, column)}
                    </td>
                  ))}
                  <td className="px-3 py-1 text-right whitespace-nowrap">
                    {row.sample && <Badge>sample</Badge>}{" "}
                    {mayChange && (
                      <Button
                        look="ghost"
                        size="small"
                        aria-label={`Edit ${cellText(row.values[table.key] ?? null, table.columns[table.key])}`}
                        onClick={() => setShown({ do: "edit", row })}
                      >
                        Edit
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {(cursors.length > 1 || rows.data?.next_cursor) && (
        <div className="flex items-center justify-end gap-2">
          <span className="mr-2 text-sm text-soft">Page {cursors.length}</span>
          <Button
            look="secondary"
            size="small"
            disabled={cursors.length === 1}
            onClick={() => setCursors(cursors.slice(0, -1))}
          >
            Previous
          </Button>
          <Button
            look="secondary"
            size="small"
            disabled={!rows.data?.next_cursor || rows.isPlaceholderData}
            onClick={() => setCursors([...cursors, rows.data?.next_cursor ?? null])}
          >
            Next
          </Button>
        </div>
      )}
      {shown?.do === "edit" && (
        <RowDialog id={id} table={table} row={shown.row} onClose={close} onChanged={changed} />
      )}
      {shown?.do === "import" && <CsvDialog id={id} table={table} onClose={close} onChanged={changed} />}
    </section>
  );
}

function sortOf(sort: string | null, name: string): "ascending" | "descending" | undefined {
  if (sort === name) return "ascending";
  return sort === `-${name}` ? "descending" : undefined;
}
