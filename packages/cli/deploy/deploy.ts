import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";
import { dryRun } from "../platform/build-worker.ts";
import { type DeployConfig, deployConfig, resourcesOf, wranglerToml } from "./deploy-config.ts";
import { planOf } from "./plan.ts";
import { deploySettings, NEEDED_SECRETS } from "./settings.ts";
import { must, mustJson, wrangler } from "./wrangler.ts";

/** The paid plan's limit of a Worker, and the free one's, gzipped. */
export const LIMITS_KIB = { paid: 10 * 1024, free: 3 * 1024 };
const NO_ID = "00000000-0000-0000-0000-000000000000";
const HEALTH_TRIES = 24;

export type DeployDeps = {
  env: NodeJS.ProcessEnv;
  /** Where the configuration of this account is written, and kept for the next deploy. */
  config: string;
  say: (line: string) => void;
  /** Builds the UI to where wrangler.toml says. */
  buildUi: () => Promise<void>;
  /** Whether an address answers 200. */
  answers: (url: string) => Promise<boolean>;
  /** Waits between two tries of that. */
  pause: () => Promise<void>;
};

/**
 * Takes a Cloudflare account from nothing, or from any step of this, to a running Mozaiks. Each step looks before it
 * makes, so it may be run again at any time; secrets that are there stay. Refuses with what to do.
 * @returns the address
 */
export async function deploy({ env, config, say, buildUi, answers, pause }: DeployDeps): Promise<string> {
  const { vars, secrets } = deploySettings(env, { kept: config, dry: false });
  const toml = wranglerToml();
  const { database, bucket } = resourcesOf(toml);
  say(planOf(deployConfig(toml, vars, NO_ID), Object.keys(secrets)));
  await mustJson(["whoami", "--json"], "Log in with `npx wrangler login`, or set CLOUDFLARE_API_TOKEN.");
  const made = deployConfig(toml, vars, await databaseId(database, say));
  await ensureBucket(bucket, say);
  writeFileSync(config, `${JSON.stringify(made, null, 2)}\n`);
  const missing = await missingSecrets(config, secrets);
  await buildUi();
  await must(
    ["d1", "migrations", "apply", database, "--remote", "--config", config],
    "The database is as it was before the migration that failed; run this again once it can be reached.",
  );
  say("Migrations are applied.");
  await upload(config, missing);
  say(
    `The Worker is deployed${Object.keys(missing).length ? `, with ${Object.keys(missing).join(", ")}` : ""}.`,
  );
  const url = made.vars.FOUNDRY_URL ?? "";
  for (let left = HEALTH_TRIES; !(await answers(`${url}/api/health/ready`)); left -= 1) {
    if (left <= 1) {
      refuse(
        `The Worker is deployed, but ${url}/api/health/ready does not answer yet. A new name's certificate may take some minutes; \`npx wrangler tail --config ${config}\` shows what the Worker says.`,
      );
    }
    await pause();
  }
  return url;
}

/** Plan, bundle and size, without an account and without a network. @returns the folder's bundle size, gzipped */
export async function deployDry(
  deps: Pick<DeployDeps, "env" | "config" | "say" | "buildUi">,
  into: string,
): Promise<{ made: DeployConfig; gzipKib: number; output: string }> {
  const { vars, secrets } = deploySettings(deps.env, { kept: deps.config, dry: true });
  const made = deployConfig(wranglerToml(), vars, NO_ID);
  deps.say(planOf(made, Object.keys(secrets)));
  await deps.buildUi();
  const path = join(into, "wrangler.deploy.json");
  writeFileSync(path, JSON.stringify(made, null, 2));
  const { status, output } = dryRun(into, ["--config", path]);
  if (status !== 0) refuse(`The Worker can't be built:\n${output}`);
  const gzipKib = Number(/gzip: ([\d.]+) KiB/.exec(output)?.[1]);
  const of = (limit: number) => `${Math.round((gzipKib / limit) * 100)} % of the ${limit / 1024} MiB`;
  deps.say(
    `\nThe Worker is ${Math.round(gzipKib)} KiB gzipped: ${of(LIMITS_KIB.paid)} of a paid plan, ${of(LIMITS_KIB.free)} of a free one. Nothing was deployed.`,
  );
  return { made, gzipKib, output };
}

async function databaseId(name: string, say: (line: string) => void): Promise<string> {
  const remedy =
    "The account has to be reachable, and may need CLOUDFLARE_ACCOUNT_ID where there are several.";
  const find = async () =>
    (await mustJson<{ name: string; uuid: string }[]>(["d1", "list", "--json"], remedy)).find(
      (it) => it.name === name,
    )?.uuid;
  const there = await find();
  if (there) {
    say(`The database ${name} is there.`);
    return there;
  }
  await must(["d1", "create", name], "Does the token have the permission D1: edit?");
  say(`The database ${name} is made.`);
  return (
    (await find()) ?? refuse(`D1 has no database ${name} although it was made. Run this again in a minute.`)
  );
}

async function ensureBucket(name: string, say: (line: string) => void): Promise<void> {
  const { ok } = await wrangler(["r2", "bucket", "info", name, "--json"]);
  if (!ok)
    await must(["r2", "bucket", "create", name], "R2 has to be switched on once, in Cloudflare's dashboard.");
  say(`The bucket ${name} is ${ok ? "there" : "made"}.`);
}

/**
 * What the Worker lacks, newly made, and what the environment gives. Only a Worker that does not exist has none for
 * sure: where that can't be told nothing goes on, or a new key would shut what the old one has sealed.
 */
async function missingSecrets(
  config: string,
  given: Record<string, string>,
): Promise<Record<string, string>> {
  const args = ["secret", "list", "--config", config, "--format", "json"];
  const { ok, stdout, output } = await wrangler(args);
  const fresh = !ok && /\b10007\b|worker .*(not found|does not exist)/i.test(output);
  if (!ok && !fresh) refuse(`${output}\n\nWhich secrets the Worker has can't be told. Run this again.`);
  const names = ok ? (JSON.parse(stdout) as { name: string }[]).map((it) => it.name) : [];
  const lacked = NEEDED_SECRETS.filter((name) => !names.includes(name));
  return {
    ...Object.fromEntries(lacked.map((name) => [name, randomBytes(48).toString("base64url")])),
    ...given,
  };
}

/** The Worker and its secrets in one go: it never runs without them. They stand in a file for no longer than that. */
async function upload(config: string, secrets: Record<string, string>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mozaiks-deploy-"));
  const file = join(folder, "secrets.json");
  try {
    writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
    await must(
      ["deploy", "--config", config, ...(Object.keys(secrets).length ? ["--secrets-file", file] : [])],
      "Are the zones of FOUNDRY_URL and APPS_HOST in this account? Whatever was made stays; run this again.",
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where the configuration of this checkout's account is kept. */
export const DEPLOY_CONFIG = join(CHECKOUT, "wrangler.deploy.json");
