import { type DeployConfig, resourcesOf } from "./deploy-config.ts";
import { NEEDED_SECRETS } from "./settings.ts";

/** Every resource and secret of a deploy, and what no command can make, for a person to read. */
export function planOf(config: DeployConfig, secrets: string[]): string {
  const { database, bucket } = resourcesOf(config);
  const { FOUNDRY_URL, APPS_HOST = "", CNAME_TARGET, CF_ZONE_ID, MAIL_FROM } = config.vars;
  const objects = config.durable_objects.bindings.map((it) => it.class_name);
  const also = secrets.filter((name) => !NEEDED_SECRETS.some((it) => it === name));
  const lines = [
    `Worker            ${config.name}, at ${FOUNDRY_URL} and https://{app}.${APPS_HOST}`,
    `D1 database       ${database}, with its migrations`,
    `R2 bucket         ${bucket}`,
    `Durable Objects   ${objects.join(", ")}`,
    `Routes            ${config.routes.map((it) => (typeof it === "string" ? it : it.pattern)).join(", ")}`,
    "Cron trigger      each minute",
    `Secrets           ${NEEDED_SECRETS.join(", ")}: made where missing, never replaced${also.length ? `; given: ${also.join(", ")}` : ""}`,
    "",
    "By hand, once, in Cloudflare's dashboard:",
    "- a plan with Durable Objects and a Worker of this size; R2 switched on",
    `- the zones of ${new URL(FOUNDRY_URL ?? "").host} and ${APPS_HOST}, in the same account`,
    `- in the zone of ${APPS_HOST}: the record AAAA *.${APPS_HOST} 100::, proxied, and a certificate for *.${APPS_HOST}`,
    CF_ZONE_ID
      ? `- Cloudflare for SaaS on that zone, with the fallback origin ${CNAME_TARGET ?? `cname.${APPS_HOST}`} (AAAA 100::, proxied)`
      : "- apps' own domains are off: they need Cloudflare for SaaS, CF_ZONE_ID and the secret CF_API_TOKEN",
    MAIL_FROM
      ? "- the sender of MAIL_FROM, known to Resend (RESEND_API_KEY) or to Cloudflare's Email Sending"
      : "- no mail is sent: set MAIL_FROM, and RESEND_API_KEY unless Cloudflare is to send it",
  ];
  return lines.join("\n");
}
