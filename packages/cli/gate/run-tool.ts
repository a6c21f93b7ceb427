import { spawn } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { CHECKOUT } from "../launch/checkout.mjs";

export type ToolResult = { ok: boolean; output: string };

const TIMEOUT_MS = 10 * 60_000;
const running = new Set<{ kill(signal: NodeJS.Signals): boolean }>();

/** Ends the tools that run, so none outlives a gate that is told to stop. */
export function stopTools(): void {
  for (const tool of running) tool.kill("SIGTERM");
}

/**
 * Runs a tool of the project from the checkout's root, without colours where nobody looks at a terminal.
 * @param shown true passes its output on as it comes; else it is collected
 */
export function runTool(
  command: string,
  args: string[],
  shown = false,
  timeoutMs = TIMEOUT_MS,
): Promise<ToolResult> {
  return new Promise((resolve) => {
    const output = shown && process.stdout.isTTY ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd: CHECKOUT,
      stdio: ["ignore", output, output],
      env: plainUnlessTerminal(process.env),
      timeout: timeoutMs,
    });
    running.add(child);
    const chunks: Buffer[] = [];
    const take = (chunk: Buffer) => {
      // Some tools colour what they say whatever they are told.
      if (shown) process.stdout.write(stripVTControlCharacters(chunk.toString("utf8")));
      else chunks.push(chunk);
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.on("error", (error) =>
      resolve({ ok: false, output: `${command} could not be run: ${error.message}` }),
    );
    child.on("close", (code, signal) => {
      running.delete(child);
      const said = Buffer.concat(chunks).toString("utf8").trim();
      resolve({ ok: code === 0, output: signal ? `${said}\n${command} was ended by ${signal}` : said });
    });
  });
}

function plainUnlessTerminal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (process.stdout.isTTY) return env;
  const { FORCE_COLOR: _, ...rest } = env;
  return { ...rest, NO_COLOR: "1" };
}
