import type { DomainDeps } from "#domains/check-domain";
import { cloudflareHostnames } from "#domains/cloudflare-hostnames";
import { dohResolver } from "#domains/doh-resolver";
import { localHostnames } from "#domains/local-hostnames";
import { type CustomHostnames, OutsideError } from "#domains/ports";
import type { Egress } from "#egress/guarded-fetch";
import { scopeOf } from "#enterprises/scope";
import type { Deps } from "../compose.ts";
import type { Env } from "../env.ts";
import { closeAtHost } from "../gateway/close-at-host.ts";

const API = "https://api.cloudflare.com/client/v4";
const RESOLVER = "https://cloudflare-dns.com/dns-query";

/** What domains need: who is asked about them is the operator's choice alone. */
export function domainDeps(deps: Deps): DomainDeps & Pick<Deps, "log"> {
  const { env, db, clock, log, outside, wait } = deps;
  const way = { fetch: outside.fetch, wait };
  return {
    ...{ db, clock, log },
    resolver: dohResolver(way, env.DNS_RESOLVER_URL ?? RESOLVER),
    hostnames: hostnamesOf(env, way),
    target: targetOf(env),
    gone: (enterpriseId, host) => closeAtHost(deps, scopeOf(enterpriseId), host),
  };
}

/** Where apps' own hosts have to lead. */
export function targetOf(env: Env): string {
  return env.CNAME_TARGET ?? `cname.${new URL(`http://${env.APPS_HOST}`).hostname}`;
}

/** Hosts that are the platform's, and so no app's. */
export function ownHosts(env: Env): string[] {
  return [new URL(env.FOUNDRY_URL).hostname, new URL(`http://${env.APPS_HOST}`).hostname, targetOf(env)];
}

function hostnamesOf(env: Env, way: Pick<Egress, "fetch" | "wait">): CustomHostnames {
  const { CF_API_TOKEN: token, CF_ZONE_ID: zone, CF_API_URL: api = API } = env;
  if (token && zone) return cloudflareHostnames(way, { api, token, zone });
  return env.FOUNDRY_URL.startsWith("http:") ? localHostnames : NONE;
}

/** A public platform whose operator has not set any up: nothing is called active that people can't reach. */
const NONE: CustomHostnames = {
  async ensure() {
    throw new OutsideError("This platform can't issue certificates: its operator has not set that up.");
  },
  async remove() {},
};
