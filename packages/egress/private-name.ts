import { isPrivateV4 } from "./private-address.ts";

/** Names that never mean a host of the public internet (RFC 6761, RFC 6762, RFC 8375, and what networks use inside). */
const PRIVATE_SUFFIXES = [
  "localhost",
  "local",
  "localdomain",
  "internal",
  "intranet",
  "private",
  "corp",
  "home",
  "lan",
  "arpa",
  "onion",
  "invalid",
  "consul",
  "svc",
  // Public names whose whole purpose is to lead to a private address.
  "nip.io",
  "sslip.io",
  "xip.io",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "lacolhost.com",
] as const;

/**
 * Whether a DNS name (lower case, no trailing dot) can't be meant for the public internet: one label, a private
 * suffix, or a private IPv4 address written inside. What a name resolves to can't be seen from here: the network
 * refuses that.
 */
export function isPrivateName(name: string): boolean {
  if (!name.includes(".")) return true;
  if (PRIVATE_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`))) return true;
  for (const [, a, b, c, d] of name.matchAll(
    /(?=(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})(?:$|[.-]))/g,
  ))
    if (isPrivateV4(`${a}.${b}.${c}.${d}`)) return true;
  return false;
}
