import { spawn } from "node:child_process";
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
export function runTool(command: string, args: string[], shown = false): Promise<ToolResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: CHECKOUT,
      stdio: ["ignore", shown ? "inherit" : "pipe", shown ? "inherit" : "pipe"],
      env: plainUnlessTerminal(process.env),
      timeout: TIMEOUT_MS,
    });
    running.add(child);
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) =>
      resolve({ ok: false, output: `${command} could not be run: ${error.message}` }),
    );
    child.on("close", (code, signal) => {
      running.delete(child);
      const output = Buffer.concat(chunks).toString("utf8").trim();
      resolve({ ok: code === 0, output: signal ? `${output}\n${command} was ended by ${signal}` : output });
    });
  });
}

function plainUnlessTerminal(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  if (process.stdout.isTTY) return env;
  const { FORCE_COLOR: _, ...rest } = env;
  return { ...rest, NO_COLOR: "1" };
}
