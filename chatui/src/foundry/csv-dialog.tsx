import { useMutation } from "@tanstack/react-query";
import { useId, useState } from "react";
import type { Imported, TableInfo } from "#protocol/api/table";
import { newId } from "../api/new-id.ts";
import { importCsv } from "../api/tables.ts";
import { tokens } from "../ui/amounts.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { INPUT_LOOK } from "../ui/field.tsx";
import { Problem } from "../ui/notice.tsx";
import { SelectField } from "./select-field.tsx";

type Props = { id: string; table: TableInfo; onClose: () => void; onChanged: () => Promise<unknown> };
type Mode = "insert" | "upsert";

/** A CSV is tried out first, then taken in whole or not at all. */
export function CsvDialog({ id, table, onClose, onChanged }: Props) {
  const fileId = useId();
  const [file, setFile] = useState<File | null>(null);
  const [mode, setMode] = useState<Mode>("insert");
  // The same file sent again after a broken line to the server is taken in once.
  const [key, setKey] = useState(newId);
  const trying = useMutation({
    mutationFn: (it: { file: File; mode: Mode }) =>
      importCsv(id, table.name, { ...it, dryRun: true, key: "" }),
  });
  const importing = useMutation({
    mutationFn: (it: File) => importCsv(id, table.name, { file: it, mode, dryRun: false, key }),
    onSuccess: (done) => (done.failed === 0 ? onChanged() : undefined),
  });
  function look(next: File | null, how: Mode) {
    setFile(next);
    setMode(how);
    setKey(newId());
    importing.reset();
    if (next) trying.mutate({ file: next, mode: how });
    else trying.reset();
  }
  const tried = trying.data;
  const fits = tried !== undefined && tried.failed === 0 && tried.lines > 0;
  if (importing.data)
    return (
      <Dialog title={importing.data.failed === 0 ? "Import done" : "Nothing was imported"} onClose={onClose}>
        <Outcome it={importing.data} done />
        <Button className="mt-4" onClick={onClose}>
          Close
        </Button>
      </Dialog>
    );
  return (
    <Dialog title={`Import into ${table.title}`} onClose={onClose}>
      <div className="space-y-4">
        <p className="text-soft">
          The first line names the columns: <code className="font-mono text-sm">{columnsOf(table)}</code>.
          Every line is tried before anything is written, and all of them are written or none.
        </p>
        <div className="space-y-1.5">
          <label htmlFor={fileId} className="block text-sm font-medium">
            CSV file
          </label>
          <input
            id={fileId}
            type="file"
            accept=".csv,text/csv"
            className={`${INPUT_LOOK} py-2`}
            onChange={(event) => look(event.target.files?.[0] ?? null, mode)}
          />
        </div>
        <SelectField
          label="Rows that are there already"
          value={mode}
          onChange={(it) => look(file, it === "upsert" ? "upsert" : "insert")}
          options={[
            { value: "insert", label: "Leave them, add all lines" },
            { value: "upsert", label: `Update them by ${table.columns[table.key]?.title ?? table.key}` },
          ]}
        />
        {trying.isPending && (
          <p role="status" className="text-soft">
            Checking every line…
          </p>
        )}
        {trying.isError && <Problem error={trying.error} />}
        {tried && <Outcome it={tried} />}
        {importing.isError && <Problem error={importing.error} />}
        <div className="flex gap-3">
          <Button
            disabled={!fits || trying.isPending}
            busy={importing.isPending}
            onClick={() => file && importing.mutate(file)}
          >
            Import
          </Button>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Outcome({ it, done = false }: { it: Imported; done?: boolean }) {
  const verb = done ? "were" : "would be";
  return (
    <div className="space-y-2 rounded-xl border border-line bg-surface px-4 py-3" data-testid="csv-outcome">
      <p role="status">
        {tokens(it.lines)} lines: {tokens(it.inserted)} {verb} added, {tokens(it.updated)} {verb} updated
        {it.failed > 0 && <span className="font-medium text-bad">, {tokens(it.failed)} don’t fit</span>}.
      </p>
      {it.errors.length > 0 && (
        <ul className="max-h-40 space-y-1 overflow-y-auto text-sm">
          {it.errors.map((error) => (
            <li key={error.line}>
              <span className="font-medium">Line {error.line}:</span> {error.message}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function columnsOf(table: TableInfo): string {
  return Object.keys(table.columns).join(", ");
}
