import { isIPv4, isIPv6 } from "node:net";
import { checkUrl } from "#egress/check-url";

/** What the local network lets be reached: the internet, and what the operator names. */
export const EGRESS = "egress";

const FORWARD = "export default { fetch: (request, env) => env.NETWORK.fetch(request) };";

/**
 * A Worker through which all else leaves. Cloudflare reaches no private address; a local workerd would, also by a
 * public name that leads to one, which no Worker can see (T46). So this network refuses at connect.
 */
export function egressWorker(env: Record<string, string>, compatibilityDate: string) {
  return {
    name: EGRESS,
    compatibilityDate,
    modules: [{ type: "ESModule" as const, path: "egress.js", contents: FORWARD }],
    serviceBindings: {
      NETWORK: { network: { allow: reachable(env), tlsOptions: { trustBrowserCas: true } } },
    },
  };
}

/**
 * Networks that may be reached, as workerd names them. Private ones are those that EGRESS_ALLOW names, and the hosts
 * of addresses in other variables, such as a model on this machine: what the operator writes is exempt.
 */
export function reachable(env: Record<string, string>): string[] {
  const { FOUNDRY_URL: _own, APPS_HOST: _apps, EGRESS_ALLOW = "", ...others } = env;
  const listed = EGRESS_ALLOW.split(/[\s,]+/).filter(Boolean);
  const named = Object.values(others).flatMap((value) => value.match(/https?:\/\/[^\s"'`,;<>\\]+/g) ?? []);
  const networks = [...listed.map((host) => `http://${host}`), ...named].flatMap(networksOf);
  return [...new Set(["public", ...networks])];
}

function networksOf(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const { hostname } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (isIPv4(host)) return [`${host}/32`];
  if (isIPv6(host)) return [`${host}/128`];
  if (host === "localhost" || host.endsWith(".localhost")) return ["127.0.0.1/32", "::1/128"];
  const isPublic = checkUrl(`https://${host}/`, { hosts: null, own: [], exempt: [] }).ok;
  return isPublic ? [] : ["private"];
}
