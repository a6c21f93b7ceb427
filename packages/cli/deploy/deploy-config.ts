import { join } from "node:path";
import { experimental_readRawConfig as readRaw } from "wrangler";
import { CHECKOUT } from "../launch/checkout.mjs";

type Raw = {
  assets: { directory: string };
  d1_databases: { database_name: string; database_id: string; migrations_dir: string }[];
  r2_buckets: { bucket_name: string }[];
  vars: Record<string, string>;
};
export type DeployConfig = Raw & {
  name: string;
  main: string;
  routes: Route[];
  durable_objects: { bindings: { name: string; class_name: string }[] };
};
type Route = string | { pattern: string; custom_domain: true } | { pattern: string; zone_id: string };

/** What wrangler.toml calls the database and the bucket. */
export function resourcesOf({ d1_databases, r2_buckets }: Raw): { database: string; bucket: string } {
  const [database] = d1_databases;
  const [bucket] = r2_buckets;
  if (!database || !bucket) throw new Error("wrangler.toml names no database or no bucket");
  return { database: database.database_name, bucket: bucket.bucket_name };
}

/** wrangler.toml as it stands: the one configuration, which a deploy only adds to. */
export function wranglerToml(): Raw {
  return readRaw({ config: join(CHECKOUT, "wrangler.toml") }).rawConfig as unknown as Raw;
}

/**
 * wrangler.toml with what only this account knows: the database's id, the addresses, the variables. Paths are
 * absolute, so the file may stand anywhere. Workers AI is bound where a provider asks for it, Cloudflare's mail
 * where there is a sender; neither has a place in a Worker that must start offline.
 */
export function deployConfig(toml: Raw, vars: Record<string, string>, databaseId: string): DeployConfig {
  const config = toml as DeployConfig;
  return {
    ...config,
    main: join(CHECKOUT, config.main),
    assets: { ...config.assets, directory: join(CHECKOUT, config.assets.directory) },
    d1_databases: config.d1_databases.map((it) => ({
      ...it,
      database_id: databaseId,
      migrations_dir: join(CHECKOUT, it.migrations_dir),
    })),
    routes: routesOf(vars),
    ...(asksForAi(vars) ? { ai: { binding: "AI" } } : {}),
    ...(vars.MAIL_FROM ? { send_email: [{ name: "EMAIL" }] } : {}),
    // At any other address there is nothing: these two would only be more of those.
    ...{ workers_dev: false, preview_urls: false },
    vars: { ...config.vars, ...vars },
  };
}

const asksForAi = ({ MODEL_PROVIDERS = "{}" }: Record<string, string>) =>
  Object.values(JSON.parse(MODEL_PROVIDERS) as Record<string, { kind?: string }>).some(
    (it) => it.kind === "workers-ai",
  );

/** The foundry's own name, every app's, and with a zone for them all names that apps have of their own. */
function routesOf({ FOUNDRY_URL = "", APPS_HOST = "", CF_ZONE_ID }: Record<string, string>): Route[] {
  const own = { pattern: new URL(FOUNDRY_URL).host, custom_domain: true } as const;
  const domains = CF_ZONE_ID ? [{ pattern: "*/*", zone_id: CF_ZONE_ID }] : [];
  return [own, `*.${APPS_HOST}/*`, ...domains];
}
