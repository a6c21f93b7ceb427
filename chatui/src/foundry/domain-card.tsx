import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import type { Domain } from "#protocol/api/domain";
import { checkDomain, domainsQuery, makePrimary, removeDomain } from "../api/domains.ts";
import { moment } from "../ui/amounts.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/notice.tsx";

const STATUS: Record<Domain["status"], { label: string; tone: "plain" | "good" | "warn" | "bad" }> = {
  pending_dns: { label: "waiting for DNS", tone: "warn" },
  pending_certificate: { label: "getting its certificate", tone: "warn" },
  active: { label: "active", tone: "good" },
  failed: { label: "not working", tone: "bad" },
};

/** One domain: how it stands and why, its records to copy, and what can be done with it. */
export function DomainCard({ id, domain }: { id: string; domain: Domain }) {
  const queries = useQueryClient();
  const [isLeaving, setLeaving] = useState(false);
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    // The app's address is its main domain's.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(domainsQuery(id)),
        queries.invalidateQueries({ queryKey: ["apps"] }),
      ]),
  });
  const { host, status, reason, primary, records, checked_at } = domain;
  return (
    <li className="rounded-2xl border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 text-lg font-semibold break-all">{host}</h3>
        <Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge>
        {primary && <Badge tone="accent">main address</Badge>}
      </div>
      {reason && <p className="mt-2 text-[0.95rem] break-words">{reason}</p>}
      <p className="mt-1 text-sm text-soft">
        {checked_at ? `Last checked ${moment(checked_at)}` : "Not checked yet"}
      </p>
      <details className="mt-4" open={status !== "active"}>
        <summary className="cursor-pointer text-sm font-medium">DNS records</summary>
        <p className="mt-2 text-sm text-soft">
          Set these where the domain’s DNS is kept, and leave them there.
        </p>
        <ul className="mt-3 space-y-3">
          {records.map((record) => (
            <li key={record.type} className="rounded-xl bg-sunken px-3.5 py-3 text-sm">
              <span className="font-medium">{record.type}</span>
              <Copied label={`name of the ${record.type} record`} text={record.name} />
              <Copied label={`value of the ${record.type} record`} text={record.value} />
            </li>
          ))}
        </ul>
      </details>
      {act.isError && (
        <div className="mt-4">
          <Problem error={act.error} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap gap-2">
        <Button
          look="secondary"
          size="small"
          busy={act.isPending}
          onClick={() => act.mutate(() => checkDomain(id, host))}
        >
          Check now
        </Button>
        {status === "active" && (
          <Button
            look="secondary"
            size="small"
            disabled={act.isPending}
            onClick={() => act.mutate(() => makePrimary(id, host, !primary))}
          >
            {primary ? "No longer the main address" : "Make main address"}
          </Button>
        )}
        {isLeaving ? (
          <>
            <Button
              look="danger"
              size="small"
              disabled={act.isPending}
              onClick={() => act.mutate(() => removeDomain(id, host))}
            >
              Remove {host}
            </Button>
            <Button look="ghost" size="small" onClick={() => setLeaving(false)}>
              Keep it
            </Button>
          </>
        ) : (
          <Button look="ghost" size="small" onClick={() => setLeaving(true)}>
            Remove
          </Button>
        )}
      </div>
    </li>
  );
}

function Copied({ label, text }: { label: string; text: string }) {
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="mt-1 flex items-center gap-2">
      <code className="min-w-0 flex-1 font-mono break-all select-all">{text}</code>
      <Button
        look="ghost"
        size="icon"
        aria-label={isCopied ? `Copied the ${label}` : `Copy the ${label}`}
        onClick={() =>
          void navigator.clipboard.writeText(text).then(
            () => setCopied(true),
            () => undefined,
          )
        }
      >
        {isCopied ? (
          <Check className="size-4" aria-hidden="true" />
        ) : (
          <Copy className="size-4" aria-hidden="true" />
        )}
      </Button>
    </div>
  );
}
