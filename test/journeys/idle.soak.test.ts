import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { runPlatform } from "#cli/platform/run-platform";
import { openRawChat, type RawChat } from "../bench/chat/raw-chat.ts";
import { makeBenchApp } from "../bench/turn/bench-app.ts";
import { serverCpuMs, serverMemoryKb } from "../bench/turn/cpu.ts";

/** What a socket costs in memory is measured beside others: `npm run bench idle`. */
const SOCKETS = Number(process.env.IDLE_SOCKETS ?? 10_000);
const AT_ONCE = 10;
const PINGS = 3;
/** Longer than an object stays in memory that nothing is done with. */
const REST_MS = 20_000;

test("F32 sockets that only ping stay open, each is answered, and their objects sleep: a ping is next to no work", async () => {
  const state = mkdtempSync(join(tmpdir(), "mozaiks-idle-"));
  const platform = await runPlatform({ port: 0, state, ui: false });
  try {
    const app = await makeBenchApp(platform.url);
    const before = serverMemoryKb() ?? 0;
    const idle: RawChat[] = [];
    while (idle.length < SOCKETS) {
      const some = Array.from({ length: AT_ONCE }, () => openRawChat(app, crypto.randomUUID()));
      for (const chat of await Promise.all(some)) {
        await chat.until((frame) => frame.type === "chat.resume_boundary");
        idle.push(chat);
      }
    }
    await wait(REST_MS);
    const worked = serverCpuMs() ?? 0;
    for (let ping = 0; ping < PINGS; ping += 1) {
      for (const chat of idle) chat.ping();
      await wait(REST_MS / PINGS);
    }
    const cpuMs = (serverCpuMs() ?? 0) - worked;
    const kb = ((serverMemoryKb() ?? 0) - before) / SOCKETS;
    expect(idle.filter((chat) => chat.isClosed())).toEqual([]);
    for (const chat of idle)
      expect(chat.frames.filter(({ frame }) => (frame.type as string) === "pong")).toHaveLength(PINGS);
    // An object that woke for a ping would cost several milliseconds.
    expect(cpuMs / (SOCKETS * PINGS)).toBeLessThan(1);
    console.log(`${SOCKETS} sockets, ${kb.toFixed(1)} KB each, ${cpuMs} ms for ${SOCKETS * PINGS} pings`);
    for (const chat of idle) chat.close();
  } finally {
    await platform.stop();
    rmSync(state, { recursive: true, force: true });
  }
}, 3_600_000);
