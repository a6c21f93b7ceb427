import { watch } from "node:fs";
import { join } from "node:path";
import { createServer, loadConfigFromFile } from "vite";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse } from "../launch/refusal.mjs";
import { freePort } from "../platform/find-port.ts";
import { fromEnvironment } from "../platform/from-environment.ts";
import { runPlatform } from "../platform/run-platform.ts";
import { untilStopped } from "../platform/until-stopped.ts";

/** What the Worker answers itself, as in wrangler.toml's `run_worker_first`. */
const WORKER_PATHS = ["/api", "/ws", "/a/", "/chat/"];
const QUIET_MS = 150;

/** The platform with the UI beside it: Vite on PORT, hot; the Worker behind it, rebuilt when its sources change. */
await orRefuse(async () => {
  const stopped = untilStopped();
  const asked = fromEnvironment(process.env);
  const port = await freePort(asked.port, asked.host ?? "127.0.0.1");
  const platform = await runPlatform({
    ...asked,
    port: 0,
    ui: false,
    env: { FOUNDRY_URL: `http://localhost:${port}`, APPS_HOST: `localhost:${port}`, ...asked.env },
  });
  const target = { target: platform.url, ws: true, changeOrigin: false };
  const loaded = await loadConfigFromFile(
    { command: "serve", mode: "development" },
    join(CHECKOUT, "vite.config.ts"),
  );
  const vite = await createServer({
    ...loaded?.config,
    configFile: false,
    root: join(CHECKOUT, "chatui"),
    // Hosts stay as the browser sent them: an app's own host shows the app here too.
    server: {
      port,
      host: asked.host ?? "127.0.0.1",
      strictPort: true,
      proxy: Object.fromEntries(WORKER_PATHS.map((path) => [path, target])),
    },
  });
  await vite.listen();
  console.log(`Mozaiks is ready at http://localhost:${port}`);
  onChange(["workers", "packages"], async () => {
    try {
      await platform.reload();
      console.log("The Worker is rebuilt.");
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  });
  await stopped;
  await vite.close();
  await platform.stop();
  process.exit(0);
});

/** Calls `act` once a burst of changes is over, never twice at the same time. */
function onChange(folders: string[], act: () => Promise<void>): void {
  let timer: NodeJS.Timeout | undefined;
  let acting = Promise.resolve();
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      acting = acting.then(act);
    }, QUIET_MS);
  };
  for (const folder of folders) watch(join(CHECKOUT, folder), { recursive: true }, soon);
}
