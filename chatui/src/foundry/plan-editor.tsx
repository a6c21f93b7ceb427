import { useMutation } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import type { Plan } from "#protocol/api/plan";
import { askPlan } from "../api/plans.ts";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { Field, INPUT_LOOK } from "../ui/field.tsx";
import { messageOf } from "../ui/notice.tsx";
import { addFrom, changeWorkflow, removeWorkflow, setRoles, startAt } from "./edit-plan.ts";
import { FieldRow } from "./field-row.tsx";
import { TableEditor } from "./plan-table-editor.tsx";

type Props = { plan: Plan; onChange: (plan: Plan) => void };

/** The same plan with its words and parts to change. */
export function PlanEditor({ plan, onChange }: Props) {
  return (
    <div className="space-y-7">
      <Field
        label="Name of the app"
        value={plan.name}
        maxLength={80}
        onChange={(event) => onChange({ ...plan, name: event.target.value })}
      />
      <fieldset className="space-y-3">
        <legend className="mb-2 text-sm font-medium text-soft">What it does</legend>
        {plan.workflows.map((it) => (
          <WorkflowEditor key={it.name} plan={plan} workflow={it} onChange={onChange} />
        ))}
        <AddWorkflow plan={plan} onChange={onChange} />
      </fieldset>
      <fieldset className="space-y-3">
        <legend className="mb-2 text-sm font-medium text-soft">Data it keeps</legend>
        {Object.keys(plan.tables).map((name) => (
          <TableEditor key={name} plan={plan} name={name} onChange={onChange} />
        ))}
      </fieldset>
      <RolesEditor plan={plan} onChange={onChange} />
    </div>
  );
}

type WorkflowProps = Props & { workflow: Plan["workflows"][number] };

function WorkflowEditor({ plan, workflow, onChange }: WorkflowProps) {
  const { name, title, description, entry } = workflow;
  return (
    <div className="rounded-xl bg-sunken p-3 sm:p-4">
      <div className="flex items-center gap-2">
        <input
          aria-label={`Name of ${name}`}
          className={classNames(INPUT_LOOK, "h-10 font-medium")}
          value={title}
          maxLength={80}
          onChange={(event) => onChange(changeWorkflow(plan, name, { title: event.target.value }))}
        />
        <RemoveButton
          label={`Remove ${title}`}
          disabled={plan.workflows.length === 1}
          onClick={() => onChange(removeWorkflow(plan, name))}
        />
      </div>
      <textarea
        aria-label={`What ${title} does`}
        className={classNames(INPUT_LOOK, "mt-2 field-sizing-content min-h-16 py-2 text-[0.95rem]")}
        value={description}
        maxLength={400}
        onChange={(event) => onChange(changeWorkflow(plan, name, { description: event.target.value }))}
      />
      <label className="mt-1 flex w-fit items-center gap-2 py-1 text-sm">
        <input
          type="radio"
          name="plan-entry"
          className="size-4 accent-(--color-accent)"
          checked={entry}
          onChange={() => onChange(startAt(plan, name))}
        />
        Chats start here
      </label>
    </div>
  );
}

export function RemoveButton(props: { label: string; disabled?: boolean; onClick: () => void }) {
  return (
    <Button
      look="ghost"
      size="icon"
      aria-label={props.label}
      title={props.label}
      className="shrink-0"
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <Trash2 className="size-4" aria-hidden="true" />
    </Button>
  );
}

/** More, in words: planned like a prompt of its own, and put to the rest. */
function AddWorkflow({ plan, onChange }: Props) {
  const [words, setWords] = useState("");
  const [note, setNote] = useState<string | null>(null);
  const adding = useMutation({
    mutationFn: () => askPlan(words.trim(), {}),
    onSuccess(asked) {
      if (!("plan" in asked)) return;
      const next = addFrom(plan, asked.plan);
      if (next.workflows.length === plan.workflows.length)
        return setNote("That is in the plan already. Say it in other words if you mean something else.");
      setWords("");
      setNote(null);
      onChange(next);
    },
  });
  function add() {
    if (words.trim().length >= 3) adding.mutate();
  }
  return (
    <FieldRow
      onSubmit={add}
      label="What else should it do?"
      placeholder="Takes complaints"
      value={words}
      maxLength={400}
      error={adding.isError ? messageOf(adding.error) : note}
      onChange={(event) => {
        adding.reset();
        setNote(null);
        setWords(event.target.value);
      }}
    >
      <Button type="submit" look="secondary" busy={adding.isPending} disabled={words.trim().length < 3}>
        Add
      </Button>
    </FieldRow>
  );
}

function RolesEditor({ plan, onChange }: Props) {
  const roles = plan.roles ?? [];
  const [name, setName] = useState("");
  const set = (at: number, change: Partial<(typeof roles)[number]>) =>
    onChange(
      setRoles(
        plan,
        roles.map((it, index) => (index === at ? { ...it, ...change } : it)),
      ),
    );
  function add() {
    if (name.trim() === "") return;
    onChange(setRoles(plan, [...roles, { name: name.trim(), where: "chat" }]));
    setName("");
  }
  return (
    <fieldset className="space-y-2">
      <legend className="mb-2 text-sm font-medium text-soft">Who it is for</legend>
      {roles.map((role, at) => (
        // By place: a name that is being typed must not make another row of it.
        <div key={at} className="flex flex-wrap items-center gap-2">
          <input
            aria-label={`Kind of people ${at + 1}`}
            className={classNames(INPUT_LOOK, "h-10 min-w-0 flex-1 basis-40")}
            value={role.name}
            maxLength={60}
            onChange={(event) => set(at, { name: event.target.value })}
          />
          <select
            aria-label={`Where ${role.name} are`}
            className={classNames(INPUT_LOOK, "h-10 !w-auto shrink-0")}
            value={role.where}
            onChange={(event) => set(at, { where: event.target.value as "chat" | "team" })}
          >
            <option value="chat">chat with it</option>
            <option value="team">in your team</option>
          </select>
          <RemoveButton
            label={`Remove ${role.name}`}
            onClick={() =>
              onChange(
                setRoles(
                  plan,
                  roles.filter((_, index) => index !== at),
                ),
              )
            }
          />
        </div>
      ))}
      <FieldRow
        onSubmit={add}
        label="Another kind of people"
        placeholder="Customers"
        value={name}
        maxLength={60}
        onChange={(event) => setName(event.target.value)}
      >
        <Button type="submit" look="secondary" disabled={name.trim() === "" || roles.length >= 12}>
          Add
        </Button>
      </FieldRow>
    </fieldset>
  );
}
