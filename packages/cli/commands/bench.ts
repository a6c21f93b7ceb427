import { readdirSync } from "node:fs";
import { join } from "node:path";
import { runTool } from "../gate/run-tool.ts";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse, refuse } from "../launch/refusal.mjs";

/** `npm run bench [-- name …]`: runs the named files of test/bench, or all of them. */
await orRefuse(async () => {
  const known = readdirSync(join(CHECKOUT, "test/bench"))
    .filter((file) => file.endsWith(".ts"))
    .map((file) => file.replace(/\.ts$/, ""));
  const asked = process.argv.slice(2);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown) refuse(`There is no benchmark "${unknown}"; there are: ${known.join(", ")}.`);
  let ok = true;
  for (const name of asked.length > 0 ? asked : known) {
    const done = await runTool(process.execPath, [`test/bench/${name}.ts`], true);
    ok &&= done.ok;
  }
  process.exit(ok ? 0 : 1);
});
