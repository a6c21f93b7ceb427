import { cleanCheckout } from "../gate/clean-checkout.ts";
import { gate } from "../gate/gate.ts";
import { deadCode, deployDryRun, formatAndLint, types, uiBuild } from "../gate/steps.ts";
import { vitestStep } from "../gate/vitest-step.ts";

// The ledger's model test at its full length; `npm run check` takes a shorter walk.
process.env.LEDGER_OPS ??= "2000";

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
