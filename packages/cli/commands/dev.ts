import { mkdtempSync, rmSync, watch } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer, loadConfigFromFile } from "vite";
import { CHECKOUT } from "../launch/checkout.mjs";
import { orRefuse } from "../launch/refusal.mjs";
import { writeEmbed } from "../platform/dev-embed.ts";
import { freePort } from "../platform/find-port.ts";
import { fromEnvironment } from "../platform/from-environment.ts";
import { runPlatform } from "../platform/run-platform.ts";
import { untilStopped } from "../platform/until-stopped.ts";

/** What the Worker answers itself: the rest of an app's host, and of the foundry's, are pages. */
const WORKER_PATHS = [
  ...["/api", "/ws", "/a/", "/chat/", "/dev/", "/manifest.webmanifest", "/icon.svg"],
  ...["^/widget\\.js$", "^/embed(/try)?([?].*)?$"],
];
const QUIET_MS = 150;

/** The platform with the UI beside it: Vite on PORT, hot; the Worker behind it, rebuilt when its sources change. */
await orRefuse(async () => {
  const stopped = untilStopped();
  const asked = fromEnvironment(process.env);
  const port = await freePort(asked.port, asked.host ?? "127.0.0.1");
  const behind = await freePort(0, "127.0.0.1");
  const target = { target: `http://localhost:${behind}`, ws: true, changeOrigin: false };
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
  // Before anything is asked of it: it answers nothing that it was asked for earlier.
  await vite.listen();
  const ui = mkdtempSync(join(tmpdir(), "mozaiks-dev-"));
  await writeEmbed(vite, ui);
  const platform = await runPlatform({
    ...asked,
    port: behind,
    ui,
    env: { FOUNDRY_URL: `http://localhost:${port}`, APPS_HOST: `localhost:${port}`, ...asked.env },
  });
  console.log(`Mozaiks is ready at http://localhost:${port}`);
  onChange(["workers", "packages", "chatui/src/widget"], async () => {
    try {
      await writeEmbed(vite, ui);
      await platform.reload();
      console.log("The Worker is rebuilt.");
    } catch (error) {
      console.error(error instanceof Error ? error.message : error);
    }
  });
  await stopped;
  await vite.close();
  await platform.stop();
  rmSync(ui, { recursive: true, force: true });
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
