import type { D1Migration } from "cloudflare:test";
import type { Env as WorkerEnv } from "#workers/env";

declare global {
  namespace Cloudflare {
    /** What `env` of `cloudflare:test` holds: the Worker's own bindings, and what `vitest.config.ts` adds. */
    interface Env extends WorkerEnv {
      ISOLATION: string;
      TEST_MIGRATIONS: D1Migration[];
    }
  }
}
