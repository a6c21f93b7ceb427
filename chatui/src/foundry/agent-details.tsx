import { LogIn, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Field, INPUT_LOOK, TextField } from "../ui/field.tsx";
import type { WorkflowEdit } from "./edit-workflow.ts";
import { FieldRow } from "./field-row.tsx";
import { SelectField } from "./select-field.tsx";
import { type Link, nodeId, type RawWorkflow } from "./workflow-graph.ts";

type Props = {
  raw: RawWorkflow;
  /** The node that was chosen in the graph. */
  selected: string | null;
  /** Other workflows, which an agent may hand over to. */
  others: string[];
  onSelect: (id: string | null) => void;
  onEdit: (edit: WorkflowEdit) => void;
};

/** What was chosen in the graph, in words, and what of it can be changed there. */
export function AgentDetails({ raw, selected, others, onSelect, onEdit }: Props) {
  const agent = Object.keys(raw.agents).find((name) => nodeId("agent", name) === selected);
  const tool = Object.keys(raw.tools ?? {}).find((name) => nodeId("tool", name) === selected);
  const choices = [
    ...Object.entries(raw.agents).map(([name, it]) => ({
      value: nodeId("agent", name),
      label: it.title ?? name,
    })),
    ...Object.keys(raw.tools ?? {}).map((name) => ({ value: nodeId("tool", name), label: name })),
  ];
  return (
    <div className="space-y-5">
      <SelectField
        label="Part of the workflow"
        value={agent || tool ? (selected ?? "") : ""}
        onChange={(part) => onSelect(part || null)}
        options={[{ value: "", label: "Choose an agent or a tool" }, ...choices]}
      />
      {agent && <Agent key={agent} {...{ raw, agent, others, onSelect, onEdit }} />}
      {tool && <Tool raw={raw} tool={tool} />}
    </div>
  );
}

function Tool({ raw, tool }: { raw: RawWorkflow; tool: string }) {
  const users = Object.entries(raw.agents).filter(([, it]) => it.tools?.includes(tool));
  const { kind, description } = raw.tools?.[tool] ?? {};
  return (
    <dl className="space-y-3">
      <Fact label="Kind">{kind}</Fact>
      <Fact label="What it does">{description}</Fact>
      <Fact label="Used by">{users.map(([name, it]) => it.title ?? name).join(", ") || "nobody"}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type AgentProps = Omit<Props, "selected"> & { agent: string };

function Agent({ raw, agent, others, onSelect, onEdit }: AgentProps) {
  const it = raw.agents[agent] ?? {};
  const [name, setName] = useState(agent);
  const taken = name !== agent && name in raw.agents;
  const valid = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name);
  const say = (field: "title" | "description" | "instructions", text: string) =>
    onEdit({ type: "say", agent, field, text });
  function rename() {
    if (name === agent || taken || !valid) return;
    onEdit({ type: "rename", agent, to: name });
    onSelect(nodeId("agent", name));
  }
  return (
    <div className="space-y-4">
      {raw.entry_agent === agent ? (
        <p className="flex items-center gap-2 text-sm text-good">
          <LogIn className="size-4" aria-hidden="true" />
          Conversations start here
        </p>
      ) : (
        <Button look="secondary" size="small" onClick={() => onEdit({ type: "enter", agent })}>
          <LogIn className="size-4" aria-hidden="true" />
          Start conversations here
        </Button>
      )}
      <FieldRow
        onSubmit={rename}
        label="Name in the file"
        value={name}
        maxLength={63}
        spellCheck={false}
        error={
          taken ? "There is one of that name." : valid ? null : "Small letters, digits and hyphens only."
        }
        onChange={(event) => setName(event.target.value)}
      >
        {name !== agent && (
          <Button type="submit" look="secondary" disabled={taken || !valid}>
            Rename
          </Button>
        )}
      </FieldRow>
      <Field
        label="Title"
        value={it.title ?? ""}
        maxLength={80}
        onChange={(event) => say("title", event.target.value)}
      />
      <TextField
        label="What it handles"
        value={it.description ?? ""}
        maxLength={400}
        onChange={(event) => say("description", event.target.value)}
      />
      <TextField
        label="Instructions"
        value={it.instructions ?? ""}
        maxLength={8_000}
        rows={7}
        onChange={(event) => say("instructions", event.target.value)}
      />
      <Links
        {...{ agent, onEdit }}
        kind="tools"
        label="Tools"
        has={it.tools ?? []}
        all={Object.keys(raw.tools ?? {})}
      />
      <Links
        {...{ agent, onEdit }}
        kind="handoffs"
        label="Hands over to"
        has={it.handoffs ?? []}
        all={[...Object.keys(raw.agents).filter((name) => name !== agent), ...others]}
      />
    </div>
  );
}

type LinksProps = Pick<Props, "onEdit"> & {
  agent: string;
  kind: Link;
  label: string;
  has: string[];
  all: string[];
};

function Links({ agent, kind, label, has, all, onEdit }: LinksProps) {
  const more = all.filter((name) => !has.includes(name));
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <ul className="flex flex-wrap gap-1.5">
        {has.map((to) => (
          <li
            key={to}
            className="inline-flex h-8 items-center rounded-lg bg-sunken pl-2.5 font-mono text-[0.8rem]"
          >
            {to}
            <button
              type="button"
              aria-label={`${label}: remove ${to}`}
              className="grid size-8 place-items-center rounded-lg text-soft hover:text-ink"
              onClick={() => onEdit({ type: "unlink", kind, agent, to })}
            >
              <X className="size-3.5" aria-hidden="true" />
            </button>
          </li>
        ))}
        {more.length > 0 && (
          <li>
            <select
              aria-label={`${label}: add`}
              className={classNames(INPUT_LOOK, "h-8 !w-auto !rounded-lg !text-sm")}
              value=""
              onChange={(event) => onEdit({ type: "link", kind, agent, to: event.target.value })}
            >
              <option value="">Add…</option>
              {more.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </li>
        )}
      </ul>
    </fieldset>
  );
}
