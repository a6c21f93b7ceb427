import { existsSync, readFileSync } from "node:fs";
import { refuse } from "../launch/refusal.mjs";
import { fromEnvironment, PLAIN } from "../platform/from-environment.ts";

/** Without these the Worker does nothing; made where they are missing, unless the environment has them. */
export const NEEDED_SECRETS = ["AUTH_SECRET", "TOKEN_SECRET", "SECRETS_KEY"] as const;
const SECRET_MIN_LETTERS = 32;
const EXAMPLE = { FOUNDRY_URL: "https://mozaiks.example", APPS_HOST: "apps.mozaiks.example" };
const HOW =
  "Where is it to live? FOUNDRY_URL=https://mozaiks.example APPS_HOST=apps.example npm run deploy, with names of zones in your account";

export type DeploySettings = {
  /** Variables of the Worker, over those of wrangler.toml. */
  vars: Record<string, string>;
  /** Secrets that the environment gives; those that the Worker has stay as they are. */
  secrets: Record<string, string>;
};

/**
 * What to deploy with: the environment, over what the last deploy's configuration kept. A dry run that is told no
 * address has one for example.
 */
export function deploySettings(
  env: NodeJS.ProcessEnv,
  { kept, dry }: { kept: string; dry: boolean },
): DeploySettings {
  const given = { ...fromEnvironment(env).env };
  for (const name of NEEDED_SECRETS) {
    const value = env[name];
    if (!value) continue;
    if (value.length < SECRET_MIN_LETTERS)
      refuse(`${name} has to be at least ${SECRET_MIN_LETTERS} letters long.`);
    given[name] = value;
  }
  const named = Object.entries(given);
  const vars = {
    ...(dry ? EXAMPLE : {}),
    ...keptVars(kept),
    ...Object.fromEntries(named.filter(([name]) => PLAIN.has(name))),
  };
  return { vars: withAddress(vars), secrets: Object.fromEntries(named.filter(([name]) => !PLAIN.has(name))) };
}

/** The variables of the last deploy, so that they need be said only once. */
function keptVars(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  try {
    const { vars } = JSON.parse(readFileSync(path, "utf8")) as { vars: Record<string, string> };
    return Object.fromEntries(Object.entries(vars).filter(([name]) => PLAIN.has(name)));
  } catch {
    return refuse(`${path} can't be read. Remove it and set FOUNDRY_URL and APPS_HOST once more.`);
  }
}

function withAddress(vars: Record<string, string>): Record<string, string> {
  const { FOUNDRY_URL, APPS_HOST } = vars;
  if (!FOUNDRY_URL || !APPS_HOST) return refuse(`${HOW}.`);
  if (!URL.canParse(FOUNDRY_URL) || new URL(FOUNDRY_URL).protocol !== "https:")
    return refuse(`FOUNDRY_URL has to begin with https://, unlike ${FOUNDRY_URL}.`);
  if (!URL.canParse(`https://${APPS_HOST}`) || new URL(`https://${APPS_HOST}`).host !== APPS_HOST)
    return refuse(`APPS_HOST is a name alone, such as apps.example, unlike ${APPS_HOST}.`);
  return { ...vars, FOUNDRY_URL: new URL(FOUNDRY_URL).origin };
}
