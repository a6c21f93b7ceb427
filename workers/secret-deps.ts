import { waitUntil } from "cloudflare:workers";
import { type KeyRing, keyRing } from "#secrets/key-ring";
import type { SecretDeps } from "#secrets/secret-store";
import type { Deps } from "./compose.ts";

/** What secrets are kept with. The keys are made from the Worker's own secrets when they are first needed. */
export function secretDeps({ db, env, clock, log }: Pick<Deps, "db" | "env" | "clock" | "log">): SecretDeps {
  let ring: Promise<KeyRing> | null = null;
  return {
    db,
    clock,
    behind: (work) =>
      waitUntil(
        work.catch((cause: unknown) => log("error", "secrets.use_not_noted", { cause: String(cause) })),
      ),
    ring: () => {
      ring ??= keyRing(env.SECRETS_KEY, env.SECRETS_KEY_OLD);
      return ring;
    },
  };
}
