import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { freePort } from "#cli/platform/find-port";
import { CHECKOUT } from "../../packages/cli/launch/checkout.mjs";

let state: string;
let started: ChildProcess[] = [];
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "mozaiks-start-"));
});
afterEach(() => {
  for (const child of started) child.kill("SIGKILL");
  started = [];
  rmSync(state, { recursive: true, force: true });
});

test("npm start says one line when it is ready, serves the page and the API, and stops when told", async () => {
  const { child, url, output } = await start();
  expect(output().match(/is ready at/g)).toHaveLength(1);
  expect((await fetch(`${url}/api/health`)).status).toBe(200);
  const page = await fetch(url, { headers: { "sec-fetch-mode": "navigate" } });
  expect(await page.text()).toContain("<title>Mozaiks");
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
  await expect(fetch(url)).rejects.toThrow();
});

test("a second start keeps the secrets and the port can be had at once", async () => {
  const first = await start();
  const secrets = readFileSync(join(state, "secrets.json"), "utf8");
  const ended = once(first.child, "exit");
  first.child.kill("SIGINT");
  await ended;
  const second = await start(new URL(first.url).port);
  expect(second.url).toBe(first.url);
  expect(readFileSync(join(state, "secrets.json"), "utf8")).toBe(secrets);
});

test("a platform that is killed outright gives its port and its state back", async () => {
  const { child, url } = await start();
  child.kill("SIGKILL");
  const port = Number(new URL(url).port);
  expect(await freePort(port, "127.0.0.1", 10_000)).toBe(port);
  await start(String(port));
});

test("T52 a client cannot make the local platform believe that it asked for another address", async () => {
  const { url } = await start();
  const headers = { "MF-Original-URL": "http://elsewhere.test/nothing" };
  expect((await fetch(`${url}/api/health`, { headers })).status).toBe(200);
});

async function start(port = "0"): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const child = spawn(process.execPath, [join(CHECKOUT, "packages/cli/start.mjs")], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: port, MOZAIKS_STATE: state },
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.push(child);
  let output = "";
  const url = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      const ready = output.match(/^Mozaiks is ready at (\S+)$/m);
      if (ready?.[1]) resolve(ready[1]);
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", (code) => reject(new Error(`npm start ended with ${code}: ${output}`)));
  });
  return { child, url, output: () => output };
}
