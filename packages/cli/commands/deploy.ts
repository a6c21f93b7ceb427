import { join } from "node:path";
import { DEPLOY_CONFIG, deploy, deployDry } from "../deploy/deploy.ts";
import { inTemporary } from "../gate/steps.ts";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse, refuse } from "../launch/refusal.mjs";
import { buildUiInto } from "../platform/build-ui.ts";

const PAUSE_MS = 5_000;

/**
 * `npm run deploy`: this checkout on the Cloudflare account that wrangler is logged in to.
 * `npm run deploy -- --dry-run`: what that would do, and the bundle, without an account.
 */
await orRefuse(async () => {
  const asked = process.argv.slice(2);
  const odd = asked.find((it) => it !== "--dry-run");
  if (odd) refuse(`There is no option ${odd}; there is --dry-run.`);
  const deps = {
    env: process.env,
    config: DEPLOY_CONFIG,
    say: (line: string) => console.log(line),
    buildUi: () => buildUiInto(join(CHECKOUT, "chatui/dist")),
  };
  if (asked.length > 0) {
    await inTemporary((into) => deployDry(deps, into));
    return;
  }
  const url = await deploy({
    ...deps,
    answers: (address) =>
      fetch(address).then(
        ({ ok }) => ok,
        () => false,
      ),
    pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS)),
  });
  console.log(`Mozaiks runs at ${url}`);
});
