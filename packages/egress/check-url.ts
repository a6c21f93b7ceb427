import { hostName, isListed } from "./host-rule.ts";
import { isPrivateV4, isPrivateV6 } from "./private-address.ts";
import { isPrivateName } from "./private-name.ts";

export type EgressPolicy = {
  /** Hosts that may be reached, like `api.example.com` or `*.example.com`; null: any public one. */
  hosts: readonly string[] | null;
  /** Hosts of this platform and its apps, never reached from inside (T47): the name and all below it. */
  own: readonly string[];
  /**
   * Hosts (with a port, where it is not the usual one) that the operator lets be reached although they are
   * private or speak plain http; for development and for services of their own.
   */
  exempt: readonly string[];
};

export type CheckedUrl = { ok: true; url: URL } | { ok: false; reason: string };

const MAX_CHARACTERS = 8_192;

/**
 * Whether an address may be reached from inside (T45). It is parsed first, by the same rules as `fetch`, so every
 * spelling of a host (decimal, octal, hex, full-width, punycode) is judged as what it means. Pure.
 */
export function checkUrl(text: string, policy: EgressPolicy): CheckedUrl {
  if (text.length > MAX_CHARACTERS) return no("it is too long");
  // Parsers differ in what these mean.
  if (/[\\\s\p{Cc}]/u.test(text) || !URL.canParse(text)) return no("it is not a valid address");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return no("only https is allowed");
  if (url.username !== "" || url.password !== "") return no("it carries a name or password");
  const name = hostName(url);
  if (name === "") return no("it names no host");
  if (policy.own.some((own) => leadsTo(own, url, policy.exempt))) return no("it leads back to this platform");
  if (policy.hosts !== null && !isListed(url, policy.hosts))
    return no(`the host "${name}" is not in the app's \`allow_hosts\``);
  if (!isListed(url, policy.exempt)) {
    if (url.protocol !== "https:") return no("only https is allowed");
    if (url.port !== "") return no(`the port ${url.port} is not allowed`);
    if (isPrivate(name)) return no(`the host "${name}" is not a public one`);
  }
  url.hash = "";
  return { ok: true, url };
}

function isPrivate(name: string): boolean {
  if (name.startsWith("[")) return isPrivateV6(name.slice(1, -1));
  return /^[\d.]+$/.test(name) ? isPrivateV4(name) : isPrivateName(name);
}

/** Whether an address is the platform itself. A local one is called localhost, as other exempt services may be. */
function leadsTo(own: string, url: URL, exempt: readonly string[]): boolean {
  const name = own.toLowerCase().replace(/:\d+$/, "");
  const asked = hostName(url);
  if (asked !== name && !asked.endsWith(`.${name}`)) return false;
  return !isListed(url, exempt) || own.endsWith(`:${url.port}`) || url.port === "";
}

function no(reason: string): CheckedUrl {
  return { ok: false, reason: `That address can't be reached: ${reason}.` };
}
