import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPlatform } from "#cli/platform/run-platform";

export type KillablePlatform = Awaited<ReturnType<typeof killablePlatform>>;

/** A platform of its own whose workerd can be killed, and that starts again on what is on disk. */
export async function killablePlatform() {
  const state = mkdtempSync(join(tmpdir(), "mozaiks-kill-"));
  const start = () => runPlatform({ port: 0, state, ui: false });
  let platform = await start();
  return {
    /** A new one after every restart. */
    url: () => platform.url,
    kill: killWorkerd,
    async restart(): Promise<void> {
      await platform.stop();
      platform = await start();
    },
    async end(): Promise<void> {
      await platform.stop();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** workerd is a child of this process: no notice, no goodbye. */
function killWorkerd(): void {
  const children = execFileSync("ps", ["-o", "pid=,comm=", "--ppid", String(process.pid)], {
    encoding: "utf8",
  });
  const pid = /^\s*(\d+) workerd/m.exec(children)?.[1];
  process.kill(Number(pid), "SIGKILL");
}
