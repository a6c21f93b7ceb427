import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { CHECKOUT } from "../launch/checkout.mjs";
import { refuse } from "../launch/refusal.mjs";

export type Said = { ok: boolean; stdout: string; output: string };

/** Runs the wrangler of the PATH, which asks nothing back. */
export function wrangler(args: string[]): Promise<Said> {
  // wrangler would take this, the Worker's own token for apps' domains, for the one to deploy with.
  const { CF_API_TOKEN: _, ...environment } = process.env;
  return new Promise((resolve) => {
    const child = spawn("wrangler", args, {
      cwd: CHECKOUT,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...environment,
        ...{ CI: "true", NO_COLOR: "1", FORCE_COLOR: "0" },
        ...{ WRANGLER_SEND_METRICS: "false", WRANGLER_HIDE_BANNER: "true" },
      },
    });
    let stdout = "";
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", (error) =>
      resolve({ ok: false, stdout: "", output: `wrangler could not be run: ${error.message}` }),
    );
    child.on("close", (code) =>
      resolve({ ok: code === 0, stdout, output: stripVTControlCharacters(output).trim() }),
    );
  });
}

/** As `wrangler`; refuses with what it said, and with what to do about it. */
export async function must(args: string[], remedy: string): Promise<string> {
  const { ok, stdout, output } = await wrangler(args);
  return ok ? stdout : refuse(`${output}\n\nwrangler ${args.join(" ")} failed. ${remedy}`);
}

/** What a command that was asked for JSON said. Refuses, with what to do, where it failed or said something else. */
export async function mustJson<T>(args: string[], remedy: string): Promise<T> {
  const text = await must(args, remedy);
  try {
    return JSON.parse(text) as T;
  } catch {
    return refuse(`wrangler ${args.join(" ")} did not answer in JSON: ${text.trim()}\n\n${remedy}`);
  }
}
