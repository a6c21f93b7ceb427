import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";
import { buildOnce } from "./build-once.ts";
import { hashFiles } from "./hash-files.ts";

const SOURCES = [
  "workers",
  "packages",
  "wrangler.toml",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

/** Bundles the Worker exactly as a deploy would. @returns the folder that holds `index.js` */
export function buildWorker(): Promise<string> {
  return buildOnce("worker", hashFiles(CHECKOUT, SOURCES), async (into) => {
    const done = dryRun(into);
    if (done.status !== 0) refuse(`The Worker can't be built:\n${done.output}`);
  });
}

/**
 * `wrangler deploy --dry-run` into a folder, with no account and no network.
 * @param further arguments, e.g. another entry than that of wrangler.toml
 */
export function dryRun(into: string, further: string[] = []): { status: number; output: string } {
  // wrangler insists on the assets folder; its contents are not part of the bundle.
  mkdirSync(join(CHECKOUT, "chatui/dist"), { recursive: true });
  const wrangler = join(CHECKOUT, "node_modules/wrangler/bin/wrangler.js");
  const done = spawnSync(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", into, ...further], {
    cwd: CHECKOUT,
    encoding: "utf8",
    env: {
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_LOG_PATH: join(into, "wrangler.log"),
      WRANGLER_HIDE_BANNER: "true",
      CI: "true",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
    },
  });
  const output = stripVTControlCharacters(`${done.stdout}${done.stderr}`).replace(
    /^.*Logs were written to.*$/gm,
    "",
  );
  return { status: done.status ?? 1, output: output.trim() };
}
