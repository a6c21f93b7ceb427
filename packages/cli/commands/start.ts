import { orRefuse } from "../launch/refusal.mjs";
import { fromEnvironment } from "../platform/from-environment.ts";
import { runPlatform } from "../platform/run-platform.ts";
import { untilStopped } from "../platform/until-stopped.ts";

await orRefuse(async () => {
  const stopped = untilStopped();
  const platform = await runPlatform(fromEnvironment(process.env));
  console.log(`Mozaiks is ready at ${platform.url}`);
  await stopped;
  await platform.stop();
  process.exit(0);
});
