import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lockState } from "#cli/platform/lock-state";
import { openState } from "#cli/platform/state-folder";
import { CHECKOUT } from "../../../../packages/cli/launch/checkout.mjs";

const scratch = mkdtempSync(join(tmpdir(), "mozaiks-refusals-"));
let taken: Server;
let takenPort: number;

beforeAll(async () => {
  taken = createServer();
  takenPort = await new Promise((resolve) => {
    taken.listen(0, "127.0.0.1", () => resolve((taken.address() as { port: number }).port));
  });
});

afterAll(() => {
  taken.close();
  rmSync(scratch, { recursive: true });
});

describe.concurrent("npm start refuses what can't work in one sentence", { timeout: 30_000 }, () => {
  test.for([
    ["a PORT that is no number", { PORT: "web" }, 'PORT must be a number from 0 to 65535, not "web".'],
    ["a PORT out of range", { PORT: "65536" }, 'PORT must be a number from 0 to 65535, not "65536".'],
    ["PRICES that are no JSON", { PRICES: "{" }, "PRICES is not a valid list of prices: it is not JSON."],
    ["a HOST of another machine", { HOST: "192.0.2.1" }, "HOST 192.0.2.1 is not an address of this machine."],
  ] as const)("%s", async ([, env, sentence]) => {
    expect(await start({ MOZAIKS_STATE: fresh(), PORT: "0", ...env })).toEqual({
      code: 1,
      stdout: "",
      stderr: `${sentence}\n`,
    });
  });

  test("a state folder that is a file", async () => {
    const file = join(scratch, "file");
    writeFileSync(file, "");
    const { code, stderr } = await start({ MOZAIKS_STATE: file, PORT: "0" });
    expect(stderr).toBe(`The state folder ${file} can't be used: it is a file, not a folder.\n`);
    expect(code).toBe(1);
  });

  test("a state folder below a file", async () => {
    const below = join(CHECKOUT, "package.json", "state");
    const { code, stderr } = await start({ MOZAIKS_STATE: below, PORT: "0" });
    expect(stderr).toBe(`The state folder ${below} can't be used: a part of the path is a file.\n`);
    expect(code).toBe(1);
  });

  test("a state folder that another start holds", async () => {
    const state = fresh();
    openState(state);
    const unlock = lockState(state);
    const { code, stderr } = await start({ MOZAIKS_STATE: state, PORT: "0" });
    unlock();
    expect(stderr).toBe(
      `Mozaiks is already running on the state folder ${state} (process ${process.pid}); stop it first.\n`,
    );
    expect(code).toBe(1);
  });

  test("damaged secrets", async () => {
    const state = fresh();
    openState(state);
    writeFileSync(join(state, "secrets.json"), "{");
    const { code, stderr } = await start({ MOZAIKS_STATE: state, PORT: "0" });
    expect(stderr).toContain("secrets.json is damaged.");
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(1);
  });

  test("a port that another program has, and the state folder is free again afterwards", async () => {
    const state = fresh();
    const { code, stderr } = await start({ MOZAIKS_STATE: state, PORT: String(takenPort) });
    expect(stderr).toBe(
      `Port ${takenPort} is taken by another program; stop it or choose another, e.g. PORT=${takenPort + 1}.\n`,
    );
    expect(code).toBe(1);
    lockState(state)();
  });
});

let states = 0;
function fresh(): string {
  states += 1;
  return join(scratch, `state-${states}`);
}

function start(
  env: Record<string, string>,
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(CHECKOUT, "packages/cli/start.mjs")], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
