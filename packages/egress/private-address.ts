/** IPv4 ranges that are not the public internet, by RFC 6890 and its updates: `[first, bits]`. */
const PRIVATE_V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.31.196.0", 24],
  ["192.52.193.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["192.175.48.0", 24],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  // A cloud's metadata on an address that looks public.
  ["168.63.129.16", 32],
];

/** Whether a canonical IPv4 address is private, reserved, or anything else but a public host. */
export function isPrivateV4(address: string): boolean {
  const value = toNumber(address);
  return (
    value === null ||
    PRIVATE_V4.some(([first, bits]) => {
      const size = 2 ** (32 - bits);
      return Math.floor(value / size) === Math.floor((toNumber(first) ?? 0) / size);
    })
  );
}

/**
 * Whether an IPv6 address (without brackets, as `URL` writes it) is anything but plain global unicast. Addresses
 * that carry an IPv4 one inside (mapped, NAT64, 6to4, Teredo) are refused whatever they carry.
 */
export function isPrivateV6(address: string): boolean {
  const groups = groupsOf(address);
  if (!groups) return true;
  const [first = 0, second = 0] = groups;
  if (first < 0x2000 || first > 0x3fff) return true;
  if (first === 0x2002) return true;
  // 2001::/23 holds Teredo, ORCHID and others; 2001:db8::/32 and 3fff::/20 are for documents.
  if (first === 0x2001 && (second < 0x0200 || second === 0x0db8)) return true;
  return first === 0x3fff && second < 0x1000;
}

function toNumber(address: string): number | null {
  const parts = address.split(".");
  if (parts.length !== 4) return null;
  let value = 0;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return null;
    value = value * 256 + Number(part);
  }
  return value;
}

function groupsOf(address: string): number[] | null {
  const [head = "", tail, more] = address.split("::");
  if (more !== undefined) return null;
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...left, ...Array<string>(Math.max(missing, 0)).fill("0"), ...right];
  return all.every((it) => /^[0-9a-f]{1,4}$/i.test(it)) ? all.map((it) => Number.parseInt(it, 16)) : null;
}
