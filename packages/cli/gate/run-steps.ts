export type Count = { passed: number; failed: number };

/** One part of a gate. It tells how many checks passed and failed, and shows its own findings. */
export type Step = { name: string; run(): Promise<Count> };

/** Runs every step, also after a failure, so one run shows all there is to mend. */
export async function runSteps(steps: Step[]): Promise<Count> {
  const total: Count = { passed: 0, failed: 0 };
  for (const step of steps) {
    console.log(`\n== ${step.name}`);
    const startedAt = performance.now();
    const { passed, failed } = await attempt(step);
    total.passed += passed;
    total.failed += failed;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`${failed === 0 ? "ok" : "FAILED"} (${seconds} s)`);
  }
  return total;
}

async function attempt(step: Step): Promise<Count> {
  try {
    return await step.run();
  } catch (error) {
    console.error(error instanceof Error && error.name === "Refusal" ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}
