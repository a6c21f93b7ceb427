/**
 * Whose an address is, as far as one can tell: an IPv4 address itself, of IPv6 the /64 that one household or machine is
 * given whole. Null for what is no address. An IPv4 address in IPv6's clothes is that IPv4 address.
 */
export function networkOf(address: string): string | null {
  const v4 = v4Of(address);
  if (v4) return v4;
  const groups = groupsOf(address);
  if (!groups) return null;
  if (groups.slice(0, 5).every((it) => it === 0) && groups[5] === 0xffff) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join(".");
  }
  return `${groups
    .slice(0, 4)
    .map((it) => it.toString(16))
    .join(":")}::/64`;
}

/** Whether an address is this machine's own. */
export function isLoopback(address: string): boolean {
  return address === "::1" || /^127\./.test(networkOf(address) ?? "");
}

function v4Of(text: string): string | null {
  const parts = text.split(".");
  const fits = parts.length === 4 && parts.every((it) => /^(0|[1-9]\d{0,2})$/.test(it) && Number(it) <= 255);
  return fits ? text : null;
}

/** The eight groups of an IPv6 address; a zone (`%eth0`) is none of an address. */
function groupsOf(text: string): number[] | null {
  const halves = text.toLowerCase().split("::");
  if (halves.length > 2 || !text.includes(":")) return null;
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":").flatMap(unfoldV4)));
  if (!head) return null;
  const missing = 8 - head.length - (tail?.length ?? 0);
  if (tail ? missing < 1 : missing !== 0) return null;
  const all = [...head, ...Array.from({ length: tail ? missing : 0 }, () => "0"), ...(tail ?? [])];
  return all.every((it) => /^[0-9a-f]{1,4}$/.test(it)) ? all.map((it) => Number.parseInt(it, 16)) : null;
}

/** The last 32 bits may be written as IPv4. */
function unfoldV4(group: string): string[] {
  const parts = v4Of(group)?.split(".").map(Number);
  if (!parts) return [group];
  const [a = 0, b = 0, c = 0, d = 0] = parts;
  return [((a << 8) | b).toString(16), ((c << 8) | d).toString(16)];
}
