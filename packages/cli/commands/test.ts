import { cleanCheckout } from "../gate/clean-checkout.ts";
import { gate } from "../gate/gate.ts";
import { deadCode, deployDryRun, formatAndLint, types, uiBuild } from "../gate/steps.ts";
import { vitestStep } from "../gate/vitest-step.ts";

await gate([
  formatAndLint,
  deadCode,
  types,
  vitestStep("unit and integration tests", ["node", "dom", "workers"]),
  uiBuild,
  deployDryRun,
  vitestStep("journeys in a browser", ["journeys"]),
  await cleanCheckout(),
]);
