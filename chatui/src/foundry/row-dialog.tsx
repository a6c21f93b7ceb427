import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { TableInfo, TableRow } from "#protocol/api/table";
import { issuesOf } from "../api/failure.ts";
import { newId } from "../api/new-id.ts";
import { addRow, changeRow, removeRow, type Values } from "../api/tables.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Problem } from "../ui/notice.tsx";
import { CellField } from "./cell-field.tsx";
import { cellOf, typedOf } from "./cell-text.ts";

type Props = {
  id: string;
  table: TableInfo;
  /** Null for a new one. */
  row: TableRow | null;
  onClose: () => void;
  onChanged: () => Promise<unknown>;
};

/** A row in fields of its columns' types; what the server refuses stands at the field. */
export function RowDialog({ id, table, row, onClose, onChanged }: Props) {
  const columns = Object.entries(table.columns);
  const [typed, setTyped] = useState<Record<string, string>>(() =>
    Object.fromEntries(columns.map(([name, column]) => [name, typedOf(row?.values[name] ?? null, column)])),
  );
  const [before] = useState(typed);
  const [key] = useState(newId);
  const [sure, setSure] = useState(false);
  const done = async () => {
    await onChanged();
    onClose();
  };
  const values = (): Values =>
    Object.fromEntries(
      columns
        .filter(([name]) => typed[name] !== before[name])
        .map(([name, column]) => [name, cellOf(typed[name] ?? "", column)]),
    );
  const saving = useMutation({
    mutationFn: () =>
      row ? changeRow(id, table.name, row.id, values()) : addRow(id, table.name, values(), key),
    onSuccess: done,
  });
  const removing = useMutation({
    mutationFn: () => removeRow(id, table.name, row?.id ?? ""),
    onSuccess: done,
  });
  const issues = issuesOf(saving.error);
  const elsewhere = saving.isError && !columns.some(([name]) => issues.has(name));
  const isSame = columns.every(([name]) => typed[name] === before[name]);
  function submit(event: FormEvent) {
    event.preventDefault();
    saving.mutate();
  }
  return (
    <Dialog title={row ? `Edit ${table.title.toLowerCase()}` : `Add to ${table.title}`} onClose={onClose}>
      <form onSubmit={submit} noValidate className="space-y-4">
        {columns.map(([name, column]) => (
          <CellField
            key={name}
            name={name}
            column={column}
            value={typed[name] ?? ""}
            error={issues.get(name)}
            onChange={(value) => setTyped({ ...typed, [name]: value })}
          />
        ))}
        {elsewhere && <Problem error={saving.error} />}
        {removing.isError && <Problem error={removing.error} />}
        <div className="flex flex-wrap items-center gap-3 pt-1">
          <Button type="submit" busy={saving.isPending} disabled={row !== null && isSame}>
            {row ? "Save" : "Add"}
          </Button>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          {row && (
            <Button
              look={sure ? "danger" : "ghost"}
              className="ml-auto"
              busy={removing.isPending}
              onClick={() => (sure ? removing.mutate() : setSure(true))}
            >
              {sure ? "Delete for good" : "Delete"}
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
