import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

/** Files that run inside workerd end in `.worker.test.ts`; all others run in Node. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.worker.test.ts", "test/**/*.dom.test.tsx", "test/journeys/browser/**"],
        },
      },
      {
        plugins: [
          cloudflareTest(async () => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              bindings: {
                AUTH_SECRET: "test-auth-secret-test-auth-secret-0001",
                TOKEN_SECRET: "test-token-secret-test-token-secret-01",
                TEST_MIGRATIONS: await readD1Migrations("migrations"),
              },
            },
          })),
        ],
        test: { name: "workers", include: ["test/**/*.worker.test.ts"] },
      },
    ],
  },
});
