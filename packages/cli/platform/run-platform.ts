import type { Miniflare } from "miniflare";
import { refuse } from "../launch/refusal.mjs";
import type { Database } from "./apply-migrations.ts";
import { buildUi, noUi } from "./build-ui.ts";
import { buildWorker } from "./build-worker.ts";
import { freePort, refusePort } from "./find-port.ts";
import { lockState } from "./lock-state.ts";
import { localSecrets, openState } from "./state-folder.ts";

/** What Cloudflare does by `crons` of wrangler.toml: each minute. */
const TICK_MS = 60_000;

export type PlatformOptions = {
  /** 0 takes any free port. */
  port: number;
  host?: string;
  /** Absolute path of the folder of all local state; made if missing. */
  state: string;
  /** Variables over those of wrangler.toml. */
  env?: Record<string, string>;
  /** False where nobody needs a UI; a folder that holds another than the built one. */
  ui?: boolean | string;
  /** Builds the Worker to run: the folder that holds its `index.js`. The product's own by default. */
  worker?: () => Promise<string>;
  /** Durable Objects which that Worker has beyond those of wrangler.toml: class by binding. */
  objects?: Record<string, string>;
  /** Opens a port for debuggers: `mf.getInspectorURL()`. */
  inspect?: boolean;
};

export type Platform = {
  /** e.g. `http://localhost:8787` */
  url: string;
  mf: Miniflare;
  /** Replaces the Worker by what its sources are now; the state stays. */
  reload(): Promise<void>;
  /** Ends workerd and gives the state folder back; may be called twice. */
  stop(): Promise<void>;
};

/** Runs the platform in workerd, as wrangler.toml configures it. Refuses in one sentence what can't work. */
export async function runPlatform(options: PlatformOptions): Promise<Platform> {
  const {
    host = "127.0.0.1",
    state,
    env = {},
    worker = buildWorker,
    objects = {},
    inspect = false,
  } = options;
  openState(state);
  const unlock = lockState(state);
  const log = heldLog();
  let mf: Miniflare | undefined;
  try {
    const secrets = localSecrets(state);
    // A platform killed outright a moment ago holds its port for up to a second more.
    const port = await freePort(options.port, host, 1_500);
    // Loading these takes seconds: what can be refused was refused before.
    const [{ miniflareOptions }, { startMiniflare }] = await Promise.all([
      import("./miniflare-options.ts"),
      import("./start-miniflare.ts"),
    ]);
    const ui =
      typeof options.ui === "string" ? options.ui : await (options.ui === false ? noUi() : buildUi());
    const settings = async () =>
      miniflareOptions({
        ...{ host, port, state, secrets, env, ui, objects, inspect },
        worker: await worker(),
        log: log.write,
      });
    mf = startMiniflare(await settings());
    const running = mf;
    await prepare(running, port, host, state, log.held);
    log.release();
    const tick = setInterval(() => void runSchedule(running), TICK_MS);
    tick.unref();
    let stopped: Promise<void> | undefined;
    const stop = () => {
      clearInterval(tick);
      stopped ??= running.dispose().finally(unlock);
      return stopped;
    };
    return {
      url: `http://localhost:${port}`,
      mf,
      reload: async () => running.setOptions(await settings()),
      stop,
    };
  } catch (error) {
    await mf?.dispose().catch(() => {});
    unlock();
    throw error;
  }
}

/** One round of what the Worker does by itself. What fails there is in its own log, and is due again. */
export async function runSchedule(mf: Miniflare): Promise<void> {
  const worker = await mf.getWorker().catch(() => null);
  await worker?.scheduled().catch(() => undefined);
}

/** Waits for workerd and brings the database up to date. */
async function prepare(
  mf: Miniflare,
  port: number,
  host: string,
  state: string,
  said: string[],
): Promise<void> {
  try {
    await mf.ready;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ERR_ADDRESS_IN_USE") refusePort(port, host, { ...(error as Error), code: "EADDRINUSE" });
    refuse(`workerd could not start: ${messageOf(error)}`);
  }
  try {
    const { applyMigrations } = await import("./apply-migrations.ts");
    await applyMigrations((await mf.getD1Database("DB")) as unknown as Database);
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") throw error;
    const damage = said.join(" ").match(/file is not a database|database disk image is malformed/);
    if (damage)
      refuse(`The database in ${state} is damaged (${damage[0]}); move that folder away or restore it.`);
    refuse(`The database in ${state} can't be brought up to date: ${messageOf(error)}.`);
  }
}

/** Holds back what workerd writes until it is ready: a start that fails says one sentence. */
function heldLog() {
  const held: string[] = [];
  let ready = false;
  return {
    held,
    write: (message: string) => {
      if (ready) console.error(message);
      else held.push(message);
    },
    release: () => {
      ready = true;
      for (const message of held.splice(0)) console.error(message);
    },
  };
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().replaceAll("\n", " ");
}
