import { orRefuse } from "../launch/refusal.mjs";
import { runSteps, type Step } from "./run-steps.ts";
import { stopTools } from "./run-tool.ts";

/** Runs a gate to its closing line, `N passed, N failed`, and exits: 0 only if something passed and nothing failed. */
export async function gate(steps: Step[]): Promise<void> {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      stopTools();
      process.exit(130);
    });
  }
  await orRefuse(async () => {
    const { passed, failed } = await runSteps(steps);
    console.log(`\n${passed} passed, ${failed} failed`);
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
  });
}
