import { gate } from "../gate/gate.ts";
import { formatAndLint, types } from "../gate/steps.ts";
import { vitestStep } from "../gate/vitest-step.ts";

await gate([formatAndLint, types, vitestStep("unit tests", ["node"])]);
