import { useQuery } from "@tanstack/react-query";
import { Search, SlidersHorizontal } from "lucide-react";
import { useId, useState } from "react";
import type { ChatFilter } from "../api/team.ts";
import { versionsQuery } from "../api/versions.ts";
import { ownerWorkflowsQuery } from "../api/workflows.ts";
import { Button } from "../ui/button.tsx";
import { Field, INPUT_LOOK } from "../ui/field.tsx";
import { SelectField } from "./select-field.tsx";

type Props = { id: string; filter: ChatFilter; onChange: (filter: ChatFilter) => void };

const ANY = { value: "", label: "Any" };

/** Which conversations are wanted. */
export function ConversationFilters({ id, filter, onChange }: Props) {
  const [open, setOpen] = useState(false);
  const searchId = useId();
  const workflows = useQuery(ownerWorkflowsQuery(id));
  const versions = useQuery(versionsQuery(id));
  const [day, setDay] = useState("");
  const change = (part: ChatFilter) => onChange({ ...filter, ...part });
  const set = Object.entries(filter).filter(([name, it]) => name !== "search" && it !== undefined).length;
  return (
    <div className="space-y-3 border-b border-line p-4">
      <h2 className="sr-only">Conversations</h2>
      <div className="flex gap-2">
        <div className="relative flex-1">
          <label htmlFor={searchId} className="sr-only">
            Search by person or first words
          </label>
          <Search className="absolute top-3 left-3 size-4.5 text-soft" aria-hidden="true" />
          <input
            id={searchId}
            type="search"
            maxLength={100}
            placeholder="Person or first words"
            className={`${INPUT_LOOK} h-11 !pl-10`}
            value={filter.search ?? ""}
            onChange={(event) => change({ search: event.target.value || undefined })}
          />
        </div>
        <Button
          look="secondary"
          size="icon"
          className="!size-11 shrink-0"
          aria-expanded={open}
          aria-label={set > 0 ? `Filters, ${set} set` : "Filters"}
          onClick={() => setOpen(!open)}
        >
          <SlidersHorizontal className={`size-4.5 ${set > 0 ? "text-accent-ink" : ""}`} aria-hidden="true" />
        </Button>
      </div>
      {open && (
        <div className="grid grid-cols-2 gap-3">
          <SelectField
            label="Workflow"
            value={filter.workflow ?? ""}
            onChange={(workflow) => change({ workflow: workflow || undefined })}
            options={[
              ANY,
              ...(workflows.data?.workflows.map((it) => ({ value: it.workflow_name, label: it.title })) ??
                []),
            ]}
          />
          <SelectField
            label="Version"
            value={filter.version === undefined ? "" : String(filter.version)}
            onChange={(version) => change({ version: version ? Number(version) : undefined })}
            options={[
              ANY,
              ...(versions.data?.items.map((it) => ({
                value: String(it.version),
                label: String(it.version),
              })) ?? []),
            ]}
          />
          <SelectField
            label="Status"
            value={filter.waiting ? "waiting" : ""}
            onChange={(it) => change({ waiting: it === "waiting" || undefined })}
            options={[ANY, { value: "waiting", label: "Waits for the team" }]}
          />
          <SelectField
            label="Thumbs"
            value={filter.thumbs ?? ""}
            onChange={(it) => change({ thumbs: it === "up" || it === "down" ? it : undefined })}
            options={[ANY, { value: "up", label: "Liked" }, { value: "down", label: "Disliked" }]}
          />
          <Field
            label="Last used on"
            type="date"
            value={day}
            onChange={(event) => {
              setDay(event.target.value);
              change(dayOf(event.target.value));
            }}
          />
        </div>
      )}
    </div>
  );
}

/** A day of this person's own time zone. */
function dayOf(date: string): Pick<ChatFilter, "from" | "to"> {
  const from = new Date(`${date}T00:00:00`);
  if (date === "" || Number.isNaN(from.getTime())) return { from: undefined, to: undefined };
  const to = new Date(from);
  to.setDate(to.getDate() + 1);
  return { from: from.toISOString(), to: to.toISOString() };
}
