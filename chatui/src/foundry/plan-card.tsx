import { Table2 } from "lucide-react";
import { Fragment, useEffect, useRef, useState } from "react";
import type { PlannedBy } from "#protocol/api/build";
import type { Plan } from "#protocol/api/plan";
import { useChatParts } from "../chat/chat-context.ts";
import type { ToolItem } from "../chat/chat-state.ts";
import { humanise } from "../chat/humanise.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { scrollWithin } from "../ui/scroll-within.ts";
import { estimateRows } from "./estimate-words.ts";
import { planDecision } from "./plan-decision.ts";

/** What will be built, for a yes or a no. */
export function PlanCard({ item }: { item: ToolItem }) {
  const { answer, connected } = useChatParts();
  const section = useRef<HTMLElement>(null);
  const decision = planDecision(item);
  const open = decision === "open";
  useEffect(() => {
    if (open) scrollWithin(section.current, "start");
  }, [open]);
  const plan = item.payload.plan as Plan | undefined;
  if (!plan) return null;
  const decide = (approved: boolean) => answer(item.id, { approved, plan_hash: item.payload.plan_hash });
  const busy = item.answer?.status === "sending" || !connected;
  return (
    <section
      ref={section}
      aria-label={`Plan: ${plan.name}`}
      data-testid="plan"
      className="rounded-2xl border border-line bg-surface p-5 shadow-card sm:p-6"
    >
      <PlanContent plan={plan} by={item.payload.planned_by as PlannedBy | undefined} />
      {open ? (
        <Decision busy={busy} item={item} onDecide={decide} />
      ) : (
        <Decided refused={decision === "refused"} />
      )}
    </section>
  );
}

function PlanContent({ plan, by }: { plan: Plan; by: PlannedBy | undefined }) {
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
          </li>
        ))}
      </ul>
      <Tables tables={plan.tables} />
      <Assumptions notes={plan.assumptions} />
      <Notes title="What you asked for" notes={plan.brief} />
      <Costs plan={plan} />
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

function Costs({ plan }: { plan: Plan }) {
  return (
    <div className="mt-5">
      <h3 className="mb-2 text-sm font-medium text-soft">What it costs you</h3>
      <dl className="grid gap-x-6 gap-y-1 sm:grid-cols-[max-content_1fr]">
        {estimateRows(plan.estimate).map(([what, amount]) => (
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

type DecisionProps = { busy: boolean; item: ToolItem; onDecide: (approved: boolean) => void };

function Decision({ busy, item, onDecide }: DecisionProps) {
  const [said, setSaid] = useState<boolean | null>(null);
  const decide = (approved: boolean) => {
    setSaid(approved);
    onDecide(approved);
  };
  const sending = item.answer?.status === "sending";
  return (
    <div className="sticky bottom-0 -mx-5 -mb-5 mt-5 rounded-b-2xl border-t border-line bg-surface p-5 sm:-mx-6 sm:-mb-6 sm:px-6">
      <div className="flex flex-wrap gap-3">
        <Button
          data-testid="approve-plan"
          size="large"
          busy={sending && said === true}
          disabled={busy}
          onClick={() => decide(true)}
        >
          Build this app
        </Button>
        <Button look="secondary" size="large" disabled={busy} onClick={() => decide(false)}>
          Not this
        </Button>
      </div>
      {item.answer?.status === "rejected" && (
        <p role="alert" className="mt-3 text-sm text-bad">
          {item.answer.reason ?? "That answer was not taken. Try again."}
        </p>
      )}
    </div>
  );
}

function Decided({ refused }: { refused: boolean }) {
  return (
    <p className="mt-5 border-t border-line pt-4 font-medium text-soft">
      {refused ? "This plan was not built." : "Approved by you."}
    </p>
  );
}
