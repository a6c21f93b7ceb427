import { globSync, readFileSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

/**
 * Files that run inside workerd end in `.worker.test.ts`, those that need a document in `.dom.test.tsx`; a user's
 * stories in `test/journeys` run against a whole platform of their own, but for those of prompts, which need none; `.soak.test.ts` is too long for the gate and
 * run by `npm run test:soak`; all others run in Node.
 */

/**
 * What the Worker loads of others, bundled once for all its tests: it halves what each file waits for. All of it, since
 * a part that is loaded apart is a second copy of what it shares with the others.
 */
const BUNDLED = [
  ...new Set(
    globSync("{workers,packages}/**/*.ts", { exclude: ["packages/cli/**"] }).flatMap((file) =>
      Array.from(
        readFileSync(file, "utf8").matchAll(/(?:\bfrom |\bimport\()"([@a-z][^":]*)"/g),
        ([, name = ""]) => name,
      ),
    ),
  ),
];

export default defineConfig({
  test: {
    // One less than there are processors is the default: on two that is one file after the other.
    maxWorkers: "100%",
    projects: [
      {
        test: {
          name: "node",
          include: ["test/**/*.test.ts"],
          exclude: [
            "test/**/*.worker.test.ts",
            "test/**/*.soak.test.ts",
            "test/journeys/*.test.ts",
            "test/journeys/browser/**",
            "test/journeys/kill/**",
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: "soak",
          include: ["test/**/*.soak.test.ts"],
          testTimeout: 24 * 3_600_000,
          fileParallelism: false,
        },
      },
      {
        test: { name: "dom", include: ["test/**/*.dom.test.tsx"], environment: "happy-dom" },
      },
      {
        test: {
          name: "journeys",
          include: ["test/journeys/**/*.test.ts"],
          exclude: ["test/**/*.worker.test.ts", "test/**/*.soak.test.ts", "test/journeys/prompts/**"],
          globalSetup: "test/journeys/run-platform.setup.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
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
                SECRETS_KEY: "test-secrets-key-test-secrets-key-0001",
                MAILBOX: "local",
                ISOLATION: process.env.ISOLATION ?? "6x4",
                TEST_MIGRATIONS: await readD1Migrations("migrations"),
              },
            },
          })),
        ],
        // Tests wait for what happens, not for time: the limit only ends what hangs, also on a busy machine.
        test: {
          name: "workers",
          include: ["test/**/*.worker.test.ts"],
          setupFiles: "test/support/batch-names.setup.ts",
          // With it the runner hands each file all modules it knows in one message, and workerd takes 32 MiB at most.
          fsModuleCache: false,
          deps: {
            optimizer: {
              ssr: {
                enabled: true,
                include: BUNDLED,
                rolldownOptions: { external: [/^node:/, /^cloudflare:/] },
              },
            },
          },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
