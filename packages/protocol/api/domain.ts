import * as z from "zod";
import { time } from "../ids.ts";

/**
 * `pending_dns`: a record is missing. `pending_certificate`: proven, its certificate is being issued. `active`: people
 * reach the app there. `failed`: it is not going on by itself; `reason` says why.
 */
export const DOMAIN_STATUSES = ["pending_dns", "pending_certificate", "active", "failed"] as const;

export const dnsRecord = z.object({ type: z.enum(["CNAME", "TXT"]), name: z.string(), value: z.string() });

export const domain = z.object({
  /** As it is in DNS: `xn--…` for what is not ASCII. */
  host: z.string(),
  url: z.string(),
  status: z.enum(DOMAIN_STATUSES),
  /** What is missing or wrong, in words; null when all is in order. */
  reason: z.string().nullable(),
  /** The app's own address is this one, and its other addresses lead here. */
  primary: z.boolean(),
  /** To be set where the domain's DNS is kept, and to stay there. */
  records: z.array(dnsRecord),
  checked_at: time.nullable(),
  /** When it is looked at again by itself. */
  next_check_at: time.nullable(),
  created_at: time,
});
export type Domain = z.infer<typeof domain>;

export const domains = z.object({ items: z.array(domain), max_domains: z.number().int() });
export type Domains = z.infer<typeof domains>;

/** The name alone: no scheme, port or path. */
export const addDomain = z.object({ host: z.string().trim().min(1).max(300) });
export const patchDomain = z.object({ primary: z.boolean() });
