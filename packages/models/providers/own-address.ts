/**
 * What is wrong with an address that an app's owner names for a model, as the end of a sentence, or null (T45). Only
 * https, and only names: an address in figures may be of somebody's private network, whatever way it is written.
 */
export function addressProblem(address: string): string | null {
  if (!URL.canParse(address)) return "is not an address";
  const { protocol, username, password, hostname } = new URL(address);
  if (protocol !== "https:") return "must begin with https://";
  if (username || password) return "must not hold a name or password";
  const host = hostname.toLowerCase().replace(/\.$/, "");
  if (host.startsWith("[") || /^[\d.]+$/.test(host)) return "must name its host, not number it";
  if (!host.includes(".") || PRIVATE.test(host)) return "must be a public host";
  return null;
}

const PRIVATE = /(^|\.)(localhost|local|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion)$/;
