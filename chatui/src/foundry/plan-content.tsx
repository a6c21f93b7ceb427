import { Table2 } from "lucide-react";
import { Fragment } from "react";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { humanise } from "../chat/humanise.ts";
import { Badge } from "../ui/badge.tsx";
import { estimateRows } from "./estimate-words.ts";

/** `isOld`: its estimate is from before its last change. */
type Props = { plan: Plan; by: PlannedBy | undefined; isOld?: boolean };

/** What will be built, to read. */
export function PlanContent({ plan, by, isOld = false }: Props) {
  return (
    <>
      <h2 className="text-2xl font-semibold">{plan.name}</h2>
      <p className="mt-1 text-soft">{plan.description}</p>
      <ul className="mt-5 grid gap-3 sm:grid-cols-2">
        {plan.workflows.map((workflow) => (
          <li key={workflow.name} className="rounded-xl bg-sunken p-4">
            <p className="flex flex-wrap items-center gap-2 font-semibold">
              {workflow.title}
              {workflow.entry && <Badge tone="accent">starts here</Badge>}
            </p>
            <p className="font-mono text-[0.8rem] text-soft">{workflow.name}</p>
            <p className="mt-1.5 text-[0.95rem]">{workflow.description}</p>
            {workflow.rules && (
              <ul className="mt-2 list-disc space-y-0.5 pl-5 text-[0.95rem]">
                {workflow.rules.map((rule) => (
                  <li key={rule.text}>{rule.text}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
      <Tables tables={plan.tables} />
      <Roles roles={plan.roles ?? []} />
      <Assumptions notes={plan.assumptions} />
      <Notes title="What you asked for" notes={plan.brief} />
      <Costs estimate={plan.estimate} isOld={isOld} />
      {by?.by === "model" && <p className="mt-3 text-sm text-soft">Planned by {by.model}.</p>}
    </>
  );
}

function Tables({ tables }: { tables: Plan["tables"] }) {
  const entries = Object.entries(tables);
  if (entries.length === 0) return null;
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-sm font-medium text-soft">Data it keeps</h3>
      <ul className="space-y-1.5">
        {entries.map(([name, table]) => (
          <li key={name} className="flex items-baseline gap-2">
            <Table2 className="size-4 shrink-0 translate-y-0.5 text-soft" aria-hidden="true" />
            <span>
              <span className="font-medium">{table.title}</span>
              <span className="text-soft">
                {" "}
                ·{" "}
                {Object.entries(table.columns)
                  .map(([column, { title }]) => title ?? humanise(column))
                  .join(", ")}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Roles({ roles }: { roles: NonNullable<Plan["roles"]> }) {
  if (roles.length === 0) return null;
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-sm font-medium text-soft">Who it is for</h3>
      <ul className="flex flex-wrap gap-2">
        {roles.map(({ name, where }) => (
          <li key={name}>
            <Badge>{where === "team" ? `${name}, in your team` : name}</Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** More than these are read by whoever wants to. */
const MOST_SHOWN_OPEN = 4;

/** What was decided without being asked for: seen before the yes. */
function Assumptions({ notes }: { notes: string[] }) {
  const [first, rest] = [notes.slice(0, MOST_SHOWN_OPEN), notes.slice(MOST_SHOWN_OPEN)];
  if (first.length === 0) return null;
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-sm font-medium text-soft">What we assumed</h3>
      <ul className="list-disc space-y-1 pl-6">
        {first.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Notes title="More of it" notes={rest} />
    </div>
  );
}

/** What it will cost, and whether that is of the plan as it was before its last change. */
export function Costs({ estimate, isOld }: { estimate: Plan["estimate"]; isOld: boolean }) {
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-sm font-medium text-soft">
        What it costs you{isOld && ", before your last change"}
      </h3>
      <dl data-testid="plan-costs" className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {estimateRows(estimate).map(([what, amount]) => (
          <Fragment key={what}>
            <dt className="text-soft">{what}</dt>
            <dd className="font-medium">{amount}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}

function Notes({ title, notes }: { title: string; notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <details className="group mt-4">
      <summary className="text-sm font-medium text-soft hover:text-ink">
        {title} ({notes.length})
      </summary>
      <ul className="mt-2 list-disc space-y-1 pl-6">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  );
}
