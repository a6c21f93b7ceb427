import { isLoopback, networkOf } from "#rates/network-of";
import type { Env } from "../env.ts";

/** What a platform that runs on somebody's own machine is called from by that machine, or by a test: one generous bucket. */
export const LOCAL_ADDRESS = "local";

/**
 * Whose limits a request counts in, by where it comes from. Cloudflare writes `CF-Connecting-IP` and drops what a client
 * claims; no other header counts, forwarded ones least of all (T16). What has no address shares one bucket: the tight
 * one of an address, but on a platform at home on this machine (plain http at a loopback name) the generous one.
 */
export function addressOf(headers: Headers, { FOUNDRY_URL }: Pick<Env, "FOUNDRY_URL">): string {
  const claimed = headers.get("cf-connecting-ip");
  const { protocol, hostname } = new URL(FOUNDRY_URL);
  const atHome = protocol === "http:" && (hostname === "localhost" || isLoopback(hostname));
  if (atHome && (claimed === null || isLoopback(claimed))) return LOCAL_ADDRESS;
  return (claimed !== null && networkOf(claimed)) || "none";
}
