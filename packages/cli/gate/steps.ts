import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildUiInto } from "../platform/build-ui.ts";
import { dryRun } from "../platform/build-worker.ts";
import type { Count, Step } from "./run-steps.ts";
import { runTool, type ToolResult } from "./run-tool.ts";

/** Every tsconfig of the project: what may name Cloudflare, the browser or Node is told by these. */
const TSCONFIGS = ["packages", "packages/cli", "workers", "chatui", "test"];

export const formatAndLint: Step = {
  name: "format and lint",
  run: async () => one(await runTool("biome", ["check", "--error-on-warnings"])),
};

export const deadCode: Step = {
  name: "dead code",
  run: async () => one(await runTool("knip", [])),
};

export const types: Step = {
  name: "types",
  run: async () => {
    const count: Count = { passed: 0, failed: 0 };
    for (const folder of TSCONFIGS) {
      const { passed, failed } = one(
        await runTool("tsc", ["-p", `${folder}/tsconfig.json`, ...remembering(folder)]),
      );
      count.passed += passed;
      count.failed += failed;
    }
    return count;
  },
};

/** What tsc found last time is kept beside the dependencies: the next run only looks at what changed. */
function remembering(folder: string): string[] {
  return ["--incremental", "--tsBuildInfoFile", `node_modules/.cache/mozaiks/types/${folder}.tsbuildinfo`];
}

export const uiBuild: Step = {
  name: "build of the UI",
  run: () =>
    inTemporary(async (folder) => {
      await buildUiInto(folder);
      return { passed: 1, failed: 0 };
    }),
};

export const deployDryRun: Step = {
  name: "deploy, dry run",
  run: () =>
    inTemporary(async (folder) => {
      const { status, output } = dryRun(folder);
      return one({ ok: status === 0, output });
    }),
};

/** A step that is one check: its output is shown only if it fails. */
export function one({ ok, output }: ToolResult): Count {
  if (!ok) console.log(output);
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** Gives a folder that is gone afterwards. */
export async function inTemporary<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "mozaiks-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
