import { CHALLENGE_LABEL } from "./host-name.ts";
import { OutsideError, type Resolver } from "./ports.ts";

/** What DNS says of a host. `texts`: all values of its challenge record. `leadsHere`: its visitors come to us. */
export type DnsFacts = { texts: string[]; leadsHere: boolean };

export const challengeName = (host: string) => `${CHALLENGE_LABEL}.${host}`;

/**
 * Both facts, or null where DNS gave no certain answer: from that nothing follows. A host leads here by a CNAME, or,
 * where DNS has flattened it (as at the top of a domain), by an address in common.
 */
export async function lookAtDns(resolver: Resolver, host: string, target: string): Promise<DnsFacts | null> {
  try {
    const texts = await resolver.lookup(challengeName(host), "TXT");
    return {
      texts: texts.filter(({ type }) => type === "TXT").map(({ data }) => data.trim()),
      leadsHere: await leadsTo(resolver, host, target),
    };
  } catch (cause) {
    if (cause instanceof OutsideError) return null;
    throw cause;
  }
}

async function leadsTo(resolver: Resolver, host: string, target: string): Promise<boolean> {
  for (const type of ["A", "AAAA"] as const) {
    const found = await resolver.lookup(host, type);
    if (found.some((it) => it.type === "CNAME" && it.data === target)) return true;
    const addresses = found.filter((it) => it.type === type).map(({ data }) => data);
    if (addresses.length === 0) continue;
    const ours = await resolver.lookup(target, type);
    if (ours.some((it) => it.type === type && addresses.includes(it.data))) return true;
  }
  return false;
}
