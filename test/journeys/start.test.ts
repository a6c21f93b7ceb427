import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
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

test("npm run dev serves what other sites load of an app: the script with the app in it, the page with its hosts", async () => {
  const { url } = await start("0", "dev");
  let token = "";
  const call = async (path: string, body: object) => {
    const headers = { origin: url, "content-type": "application/json", authorization: `Bearer ${token}` };
    const answer = await fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    token ||= answer.headers.get("set-auth-token") ?? "";
    return answer.json() as Promise<{ enterprise_id: string; url: string }>;
  };
  await call("/api/auth/sign-up/email", { name: "Dev", email: "dev@example.com", password: "correct horse" });
  const { enterprise_id, url: own } = await call("/api/apps", { name: "Tea Shop" });
  const agents = { helper: { description: "Answers.", instructions: "Greet people." } };
  const definition = {
    name: "helper",
    title: "Helper",
    description: "Answers.",
    entry_agent: "helper",
    agents,
  };
  await call("/api/workflows/register", { enterprise_id, definition });
  const page = (path: string) => readAt(url, new URL(path, own));
  expect(await page("/widget.js")).toContain(JSON.stringify(new URL(own).origin).slice(1, -1));
  const embed = await page("/embed?lang=de");
  expect(embed).toContain(`{&#34;hosts&#34;:[&#34;${url}&#34;]`);
  const script = /src="(\/src\/widget\/[^"]+)"/.exec(embed)?.[1] ?? "";
  const code = await page(script);
  expect(code).toContain("createRoot");
  expect(await page(/"([^"]+\/\.vite\/deps\/[^"]+)"/.exec(code)?.[1] ?? "")).toContain("export");
  expect(await page("/embed/try")).toContain("Tea Shop");
  expect(JSON.parse(await page("/manifest.webmanifest")).name).toBe("Tea Shop");
});

/** A GET of an app's own address, whose host only browsers look up. */
function readAt(url: string, { pathname, search, host }: URL): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { host, accept: "*/*" };
    get(`${url}${pathname}${search}`, { headers }, (answer) => void text(answer).then(resolve, reject)).on(
      "error",
      reject,
    );
  });
}

async function start(
  port = "0",
  command = "start",
): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const child = spawn(process.execPath, [join(CHECKOUT, `packages/cli/${command}.mjs`)], {
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
    child.on("exit", (code) => reject(new Error(`npm run ${command} ended with ${code}: ${output}`)));
  });
  return { child, url, output: () => output };
}
