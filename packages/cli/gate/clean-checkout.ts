import type { Step } from "./run-steps.ts";
import { runTool } from "./run-tool.ts";

/** Remembers what git says of the checkout now; the step fails if the gate has changed anything of it. */
export async function cleanCheckout(): Promise<Step> {
  const before = await status();
  return {
    name: "the checkout is as it was",
    run: async () => {
      const after = await status();
      if (after === before) return { passed: 1, failed: 0 };
      console.log(`The gate changed the checkout:\n${after}`);
      return { passed: 0, failed: 1 };
    },
  };
}

async function status(): Promise<string> {
  const { ok, output } = await runTool("git", ["status", "--porcelain"]);
  return ok ? output : "not a git checkout";
}
