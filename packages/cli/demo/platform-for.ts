import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readPort } from "../platform/find-port.ts";
import { runPlatform } from "../platform/run-platform.ts";

export type DemoPlatform = { url: string; about: string; stop(): Promise<void> };

/**
 * The platform a demo talks to: the one named by MOZAIKS_URL, else one that runs on PORT, else one of its own, with its
 * pages if they are wanted.
 */
export async function platformFor(env: NodeJS.ProcessEnv, { ui } = { ui: false }): Promise<DemoPlatform> {
  const none = async () => {};
  if (env.MOZAIKS_URL)
    return { url: new URL(env.MOZAIKS_URL).origin, about: "named by MOZAIKS_URL", stop: none };
  const local = `http://localhost:${readPort(env.PORT, 8787)}`;
  if (await isMozaiks(local)) return { url: local, about: "already running", stop: none };
  const state = mkdtempSync(join(tmpdir(), "mozaiks-demo-"));
  const remove = () => rmSync(state, { recursive: true, force: true });
  try {
    const platform = await runPlatform({ port: 0, state, ui });
    return { url: platform.url, about: "started for this", stop: () => platform.stop().finally(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function isMozaiks(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/health`, { signal: AbortSignal.timeout(2_000) });
    return answer.ok && answer.headers.has("x-request-id");
  } catch {
    return false;
  }
}
