import { isDomainName, withoutDot } from "#domains/host-name";

/**
 * Which site an address means. `domain`: what may be an app's own; whether it is, D1 knows. `prefix` is what programs put before the path to reach
 * an app: `/a/{slug}`, or "".
 */
export type SiteAddress =
  | { kind: "foundry"; prefix: "" }
  | { kind: "app"; slug: string; prefix: string; cookies: boolean }
  | { kind: "domain"; host: string; prefix: ""; cookies: true };

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const SLUG = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * Decides from the URL's host name and nothing else (no forwarded host, no other header). Ports don't matter, nor
 * does the dot that an absolute name may end with; `URL` has made letters small and of all scripts A-labels. Where the foundry is at home on this machine, any loopback name means it. Null: a host that is not ours.
 */
export function siteOf(
  url: URL,
  at: { foundryUrl: string; appsHost: string },
): { site: SiteAddress; path: string } | null {
  const foundry = new URL(at.foundryUrl).hostname;
  const apps = new URL(`http://${at.appsHost}`).hostname;
  const host = withoutDot(url.hostname);
  if (host === foundry || (LOOPBACK.has(foundry) && LOOPBACK.has(host))) {
    const [, slug, rest] = /^\/a\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
    if (slug === undefined) return { site: { kind: "foundry", prefix: "" }, path: url.pathname };
    if (!SLUG.test(slug)) return null;
    return { site: { kind: "app", slug, prefix: `/a/${slug}`, cookies: false }, path: rest ?? "/" };
  }
  if (host === apps || host.endsWith(`.${apps}`)) {
    const slug = host.slice(0, -apps.length - 1);
    if (!SLUG.test(slug)) return null;
    return { site: { kind: "app", slug, prefix: "", cookies: true }, path: url.pathname };
  }
  if (host.endsWith(`.${foundry}`) || !isDomainName(host)) return null;
  return { site: { kind: "domain", host, prefix: "", cookies: true }, path: url.pathname };
}

/**
 * Whether a request names one host alone. A server makes its URL of the Host header or of an absolute target, so a
 * header that holds more than a host, or names another one, would be read differently by someone on the way.
 */
export function namesOneHost(url: URL, header: string | null): boolean {
  if (header === null) return true;
  const named = `${url.protocol}//${header}`;
  return !/[\s/\\@?#,]/.test(header) && URL.canParse(named) && new URL(named).host === url.host;
}
