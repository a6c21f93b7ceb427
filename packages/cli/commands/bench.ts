import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "../gate/run-tool.ts";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse, refuse } from "../launch/refusal.mjs";

/** Chaos may be asked to last for hours. */
const LONGEST_MS = 24 * 3_600_000;

/** `npm run bench [-- name …]`: runs the named files of test/bench, `name-*.ts` among them, or all of them. */
await orRefuse(async () => {
  const known = readdirSync(join(CHECKOUT, "test/bench"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replace(/\.ts$/, ""));
  const asked = process.argv.slice(2);
  const isOf = (file: string) => (name: string) => file === name || file.startsWith(`${name}-`);
  const unknown = asked.find((name) => !known.some((file) => isOf(file)(name)));
  if (unknown) refuse(`There is no benchmark "${unknown}"; there are: ${known.join(", ")}.`);
  let ok = true;
  for (const name of known.filter((file) => asked.length === 0 || asked.some(isOf(file)))) {
    const done = await runTool(process.execPath, [`test/bench/${name}.ts`], true, LONGEST_MS);
    if (!done.ok) console.error(`${name} failed. ${done.output}`);
    ok &&= done.ok;
  }
  process.exit(ok ? 0 : 1);
});
