import { resolve } from "node:path";
import { CHECKOUT } from "../launch/checkout.mjs";
import { readPort } from "./find-port.ts";
import type { PlatformOptions } from "./run-platform.ts";

/** Variables of the Worker that a person may set for `npm start`. */
const VARIABLES = ["FOUNDRY_URL", "APPS_HOST", "TRIAL_GRANT_NANO"];

/** What PORT, HOST, MOZAIKS_STATE and the Worker's variables of the environment ask for. */
export function fromEnvironment(env: NodeJS.ProcessEnv): PlatformOptions {
  const set = VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return {
    port: readPort(env.PORT, 8787),
    host: env.HOST || "127.0.0.1",
    state: resolve(env.INIT_CWD ?? CHECKOUT, env.MOZAIKS_STATE || resolve(CHECKOUT, ".mozaiks")),
    env: Object.fromEntries(set),
  };
}
