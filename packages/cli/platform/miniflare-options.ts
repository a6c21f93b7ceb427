import { readFileSync } from "node:fs";
import { join } from "node:path";
import { convertV4MiniflareOptions, type MiniflareOptions } from "miniflare";
import { unstable_getMiniflareWorkerOptions as readWranglerToml } from "wrangler";
import { CHECKOUT } from "../launch/checkout.mjs";
import { FRONT } from "./front.ts";
import { EGRESS, egressWorker } from "./network.ts";
import type { Secrets } from "./state-folder.ts";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "::1"]);

export type LocalSettings = {
  host: string;
  port: number;
  state: string;
  secrets: Secrets;
  env: Record<string, string>;
  /** Takes what the Worker and workerd write. */
  log: (message: string) => void;
  /** Folder of the bundled Worker. */
  worker: string;
  /** Folder of the built UI. */
  ui: string;
  /** Durable Objects beyond those of wrangler.toml: class by binding. */
  objects: Record<string, string>;
  /** A port for debuggers, on this machine only. */
  inspect: boolean;
};

/** wrangler.toml as Miniflare's options, with what is different on a local machine. */
export function miniflareOptions(local: LocalSettings): MiniflareOptions {
  const { workerOptions } = readWranglerToml(join(CHECKOUT, "wrangler.toml"), undefined, {
    overrides: { assets: { directory: local.ui } },
  });
  return convertV4MiniflareOptions({
    // The entry that Miniflare insists on believes MF-Original-URL of any client and serves debugging routes: it gets
    // a private port, and people reach the Worker by the direct socket below.
    host: "127.0.0.1",
    port: 0,
    cf: false,
    telemetry: { enabled: false },
    ...(local.inspect ? { inspectorPort: 0 } : {}),
    resourcePersistencePath: join(local.state, "data"),
    handleStructuredLogs: ({ message }) => local.log(message),
    workers: [
      {
        ...workerOptions,
        modules: [
          { type: "ESModule", path: "front.js", contents: FRONT },
          { type: "ESModule", path: "index.js", contents: readFileSync(join(local.worker, "index.js")) },
        ],
        durableObjects: {
          ...(workerOptions.durableObjects as Record<string, { className: string }>),
          ...Object.fromEntries(
            Object.entries(local.objects).map(([binding, className]) => [
              binding,
              { className, useSQLite: true },
            ]),
          ),
        },
        bindings: {
          ...(workerOptions.bindings as Record<string, string>),
          FOUNDRY_URL: `http://localhost:${local.port}`,
          APPS_HOST: `localhost:${local.port}`,
          // Whoever can read mail gets in: only this machine may.
          ...(LOOPBACK.has(local.host) ? { MAILBOX: "local" } : {}),
          ...local.secrets,
          ...local.env,
        },
        unsafeDirectSockets: [{ host: local.host, port: local.port }],
        outboundService: EGRESS,
      },
      egressWorker(local.env, String(workerOptions.compatibilityDate)),
    ],
  });
}
