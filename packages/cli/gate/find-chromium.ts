import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { refuse } from "../launch/refusal.mjs";
import { runTool } from "./run-tool.ts";

const KNOWN = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A Chromium on this machine; gets one if there is none: Debian's as root, else Playwright's. @returns its path */
export async function findChromium(): Promise<string> {
  const found = installed();
  if (found) return found;
  console.log("Installing a Chromium for the browser journeys (once, a minute) …");
  const attempts: [string, string[]][] = [["playwright-core", ["install", "chromium"]]];
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    attempts.unshift([
      "sh",
      ["-c", "apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium"],
    ]);
  }
  let output = "";
  for (const [command, args] of attempts) {
    ({ output } = await runTool(command, args));
    const got = installed();
    if (got) return got;
  }
  return refuse(
    `There is no Chromium for the browser journeys, and none could be installed: ${lastLine(output)}`,
  );
}

function installed(): string | undefined {
  return [process.env.CHROMIUM_PATH ?? "", ...KNOWN, chromium.executablePath()].find((path) =>
    existsSync(path),
  );
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
