import { isoTime } from "#base/clock";
import { challengeName, type DnsFacts } from "./look-at-dns.ts";
import type { Hostname } from "./ports.ts";
import type { DomainRow } from "./tables.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** An active domain is looked at again after this. */
const RECHECK_MS = 6 * HOUR_MS;
/** Between two looks at one that is not in order, doubled each time up to the longest. */
const BACKOFF_MS = MINUTE_MS;
const BACKOFF_MAX_MS = HOUR_MS;
/** How long a proven domain goes on without its record, if nobody else shows theirs. */
const GRACE_MS = 24 * HOUR_MS;
/** A claim whose records were never set is no longer looked for by itself. */
const GIVE_UP_MS = 7 * 24 * HOUR_MS;

/** What a look has found. `dns` null: nothing certain. `taken`: another app holds the host and still proves it. */
export type Findings = {
  dns: DnsFacts | null;
  now: number;
  target: string;
  taken?: true;
  /** How it stands at the certificate service, or why that could not be found out. */
  hostname?: Hostname | string | "not_asked";
};

export type Standing = Pick<
  DomainRow,
  "status" | "reason" | "proven" | "lostAt" | "providerId" | "failures" | "nextCheckAt"
> & { /** What the certificate service knows of it is to be ended. */ release?: true };

/** How a claim stands after a look. Pure. */
export function standingOf(row: DomainRow, found: Findings): Standing {
  const { dns, now, target } = found;
  const later = { failures: row.failures + 1, nextCheckAt: now + backoff(row.failures) };
  const { proven, lostAt, providerId } = row;
  const same = { proven, lostAt, providerId, ...later };
  if (dns === null)
    return { ...same, status: row.status, reason: "DNS can't be asked right now. It is tried again." };
  if (found.taken)
    return {
      ...same,
      status: "failed",
      reason: `Another app uses this host, and its record at ${challengeName(row.host)} is still there. Remove that record first.`,
    };
  if (!dns.texts.includes(row.token)) return row.proven ? lost(row, found) : unproven(row, now, same);

  const { hostname } = found;
  const away = dns.leadsHere
    ? null
    : `${row.host} does not lead here yet: point its CNAME record to ${target}.`;
  if (hostname === undefined || hostname === "not_asked")
    return { ...same, lostAt: null, status: "pending_dns", reason: away };
  const was = row.status === "active" ? "active" : "pending_certificate";
  if (typeof hostname === "string")
    return { ...same, lostAt: null, status: was, reason: `${hostname} It is tried again.` };
  const told = { proven, lostAt: null, providerId: hostname.id };
  if (hostname.state === "active")
    return { ...told, status: "active", reason: away, failures: 0, nextCheckAt: now + RECHECK_MS };
  if (hostname.state === "failed") return { ...told, ...later, status: "failed", reason: hostname.reason };
  // A certificate that is being renewed takes nothing away from one that is in use.
  const stays = was === "active" && hostname.routed;
  return {
    ...told,
    ...later,
    status: stays ? "active" : "pending_certificate",
    reason: hostname.reason ?? away,
  };
}

function unproven(row: DomainRow, now: number, same: Omit<Standing, "status" | "reason">): Standing {
  const reason = `The TXT record at ${challengeName(row.host)} is not there yet, or says something else.`;
  if (now - row.createdAt < GIVE_UP_MS) return { ...same, status: "pending_dns", reason };
  return { ...same, status: "failed", reason: `${reason} Set it, then check again.`, nextCheckAt: null };
}

/** The record of a proven host is gone: it goes on for a while, as DNS is often mended; then it ends. */
function lost(row: DomainRow, { now }: Findings): Standing {
  const lostAt = row.lostAt ?? now;
  const endsAt = lostAt + GRACE_MS;
  const name = challengeName(row.host);
  if (now >= endsAt)
    return {
      ...{ status: "failed", proven: false, lostAt: null, providerId: row.providerId, failures: 0 },
      ...{ nextCheckAt: null, release: true },
      reason: `The TXT record at ${name} has been missing for a day. Set it again, then check.`,
    };
  return {
    ...{ status: row.status, proven: true, lostAt, providerId: row.providerId, failures: row.failures + 1 },
    nextCheckAt: Math.min(now + backoff(row.failures), endsAt),
    reason: `The TXT record at ${name} is missing. Put it back by ${isoTime(endsAt)}, or the domain ends.`,
  };
}

function backoff(failures: number): number {
  return Math.min(BACKOFF_MS * 2 ** Math.min(failures, 20), BACKOFF_MAX_MS);
}
