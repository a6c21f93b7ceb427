import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { join } from "node:path";
import { CHECKOUT } from "../../../packages/cli/launch/checkout.mjs";
import { STATE_FOLDER } from "./bench-platform.ts";

/** The machine in words, to stand beside figures that only hold for it. */
export function machineInWords(): string {
  const model = cpus()[0]?.model.trim() || "unknown processor";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${availableParallelism()} × ${model}, ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.version}, state in ${STATE_FOLDER}`;
}

/** Keeps a run's figures in `bench-results/`, named after the benchmark and the time. */
export function writeResult(name: string, figures: object): void {
  const folder = join(CHECKOUT, "bench-results");
  mkdirSync(folder, { recursive: true });
  const at = new Date().toISOString();
  const file = `${name}-${at.replace(/[:.]/g, "-")}.json`;
  writeFileSync(join(folder, file), JSON.stringify({ at, on: machineInWords(), ...figures }, null, 2));
  console.log(`Figures of every round: bench-results/${file}`);
}
