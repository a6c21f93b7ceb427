import { type KeyRing, keyRing } from "#secrets/key-ring";
import type { SecretDeps } from "#secrets/secret-store";
import type { Deps } from "./compose.ts";

/** What secrets are kept with. The keys are made from the Worker's own secrets when they are first needed. */
export function secretDeps({ db, env }: Pick<Deps, "db" | "env">): SecretDeps {
  let ring: Promise<KeyRing> | null = null;
  return {
    db,
    ring: () => {
      ring ??= keyRing(env.SECRETS_KEY, env.SECRETS_KEY_OLD);
      return ring;
    },
  };
}
