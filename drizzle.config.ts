import { defineConfig } from "drizzle-kit";

/** Migrations only grow: no rebuilds, no cascades. `drizzle-kit generate` writes the next one. */
export default defineConfig({
  dialect: "sqlite",
  schema: "./packages/*/tables.ts",
  out: "./migrations",
});
