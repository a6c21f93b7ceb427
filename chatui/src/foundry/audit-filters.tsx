import { useState } from "react";
import type { Member } from "#protocol/api/member";
import type { AuditFilter } from "../api/audit.ts";
import { Field } from "../ui/field.tsx";
import { FAMILIES } from "./audit-words.ts";
import { SelectField } from "./select-field.tsx";

type Props = { filter: AuditFilter; onChange: (filter: AuditFilter) => void; team: readonly Member[] };

/** Who, what and which days. */
export function AuditFilters({ filter, onChange, team }: Props) {
  const [days, setDays] = useState({ from: "", to: "" });
  // Cleared elsewhere, the days are too.
  const shown = { from: filter.from ? days.from : "", to: filter.to ? days.to : "" };
  function changeDays(part: Partial<typeof days>) {
    const next = { ...shown, ...part };
    setDays(next);
    onChange({ ...filter, from: dayStart(next.from, 0), to: dayStart(next.to, 1) });
  }
  return (
    <div className="grid grid-cols-2 gap-3 md:grid-cols-4">
      <SelectField
        label="Who"
        value={filter.actor ?? ""}
        onChange={(actor) => onChange({ ...filter, actor: actor || undefined })}
        options={[
          { value: "", label: "Anybody" },
          ...team.map((it) => ({ value: it.user_id, label: it.name.trim() || it.email })),
          { value: "platform", label: "The platform" },
        ]}
      />
      <SelectField
        label="What"
        value={filter.action ?? ""}
        onChange={(action) => onChange({ ...filter, action: action || undefined })}
        options={[{ value: "", label: "Anything" }, ...FAMILIES]}
      />
      <Field
        label="From"
        type="date"
        value={shown.from}
        max={shown.to || undefined}
        onChange={(event) => changeDays({ from: event.target.value })}
      />
      <Field
        label="Until"
        type="date"
        value={shown.to}
        min={shown.from || undefined}
        onChange={(event) => changeDays({ to: event.target.value })}
      />
    </div>
  );
}

/** When a day begins where this person is, or one `later`; undefined for no day. */
function dayStart(date: string, later: number): string | undefined {
  const at = new Date(`${date}T00:00:00`);
  if (Number.isNaN(at.getTime())) return undefined;
  at.setDate(at.getDate() + later);
  return at.toISOString();
}
