import { ArrowRight, ShieldX } from "lucide-react";
import type { AuditEntry } from "#protocol/api/audit";
import { moment } from "../ui/amounts.ts";
import { actorName, deedWords, refusalOf, type Told, toldOf } from "./audit-words.ts";

type Props = { it: AuditEntry; names: ReadonlyMap<string, string> };

/** One row: who did what when, what differs since, and on demand what a support desk asks for. */
export function AuditLine({ it, names }: Props) {
  const who = actorName(it, names);
  const refusal = refusalOf(it);
  const told = toldOf(it);
  const deed = deedWords(it, names);
  return (
    <li className="flex gap-3 px-4 py-3.5 sm:px-5">
      <span
        aria-hidden="true"
        className={`mt-0.5 grid size-8 shrink-0 place-items-center rounded-full text-xs font-semibold ${
          refusal === null ? "bg-accent-wash text-accent-ink" : "bg-bad/12 text-bad"
        }`}
      >
        {refusal === null ? initials(who) : <ShieldX className="size-4" />}
      </span>
      <div className="min-w-0 flex-1 space-y-1.5">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <p className="min-w-0 flex-1 basis-56 text-[0.95rem] break-words">
            <span className="font-semibold">{who}</span>{" "}
            {refusal === null ? deed : <s className="decoration-bad/60">{deed}</s>}
          </p>
          <time dateTime={it.at} title={moment(it.at)} className="text-sm whitespace-nowrap text-soft">
            {new Date(it.at).toLocaleTimeString(undefined, { timeStyle: "short" })}
          </time>
        </div>
        {refusal !== null && <p className="text-sm text-bad">Refused: {refusal}.</p>}
        {told.length > 0 && <Differences told={told} />}
        <details className="text-sm text-soft">
          <summary className="w-fit cursor-pointer rounded-md select-none hover:text-ink">Details</summary>
          <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 break-all">
            <Detail name="When" value={moment(it.at)} />
            <Detail name="Role" value={it.actor.role} />
            {it.actor.email && <Detail name="Address" value={it.actor.email} />}
            <Detail name="Deed" value={it.action} code />
            {it.target !== null && <Detail name="Target" value={it.target} code />}
            {it.request_id && <Detail name="Request" value={it.request_id} code />}
          </dl>
        </details>
      </div>
    </li>
  );
}

function Differences({ told }: { told: readonly Told[] }) {
  return (
    <dl className="space-y-1 rounded-xl bg-sunken px-3 py-2 text-sm">
      {told.map(({ name, before, after }) => (
        <div key={name} className="flex flex-wrap items-baseline gap-x-2">
          <dt className="text-soft">{name}</dt>
          <dd className="flex min-w-0 flex-wrap items-baseline gap-x-1.5 break-all">
            {before !== undefined && (
              <>
                <del className="text-soft">{before}</del>
                <ArrowRight role="img" className="size-3.5 self-center text-soft" aria-label="then" />
              </>
            )}
            <span className="font-medium">{after}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Detail({ name, value, code = false }: { name: string; value: string; code?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className={code ? "font-mono text-[0.8rem] text-ink" : "text-ink"}>{value}</dd>
    </>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@]+/).filter((it) => /\p{L}/u.test(it));
  const [first = "?", second] = words;
  return (first.charAt(0) + (second && !name.includes("@") ? second.charAt(0) : "")).toUpperCase();
}
