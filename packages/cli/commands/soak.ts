import { runTool } from "../gate/run-tool.ts";
import { orRefuse, refuse } from "../launch/refusal.mjs";

const LONGEST_MINUTES = 24 * 60;

/**
 * `npm run test:soak [-- minutes]`: the tests that are too long for the gate (`*.soak.test.ts`). With a number of
 * minutes, those that go on for as long as there is time stop after it.
 */
await orRefuse(async () => {
  const [minutes] = process.argv.slice(2);
  if (minutes !== undefined) {
    if (!(Number(minutes) > 0 && Number(minutes) <= LONGEST_MINUTES)) {
      refuse(`"${minutes}" is no number of minutes: npm run test:soak -- 10`);
    }
    process.env.SOAK_MINUTES = minutes;
  }
  const { ok } = await runTool("vitest", ["run", "--project", "soak"], true, LONGEST_MINUTES * 60_000);
  process.exit(ok ? 0 : 1);
});
