import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LOCAL_ADDRESS_FACTOR } from "#base/rates";
import { runPlatform } from "#cli/platform/run-platform";
import { openRawChat } from "../bench/chat/raw-chat.ts";
import { makeBenchApp } from "../bench/turn/bench-app.ts";

const ATTEMPTS = Number(process.env.FLOOD_ATTEMPTS ?? 100_000);
const AT_ONCE = 50;
const YEAR_MS = 365 * 86_400_000;

test("a hundred thousand sign-ups from one machine: exactly so many accounts, one error, and a chat that goes on", async () => {
  const state = mkdtempSync(join(tmpdir(), "mozaiks-flood-"));
  const RATE_LIMITS = JSON.stringify({ sign_up_by_address: { max: 1, per_ms: YEAR_MS } });
  const platform = await runPlatform({ port: 0, state, ui: false, env: { RATE_LIMITS } });
  try {
    const app = await makeBenchApp(platform.url);
    const db = await platform.mf.getD1Database("DB");
    const count = (table: string) => db.prepare(`select count(*) as n from ${table}`).first<number>("n");
    const before = Number(await count("user"));
    const chat = await openRawChat(app, "flood");
    await chat.until((frame) => frame.type === "chat.resume_boundary");
    const seen = new Map<string, number>();
    let turns = 0;
    for (let from = 0; from < ATTEMPTS; from += AT_ONCE) {
      await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, ATTEMPTS - from) }, async (_, i) => {
          const answer = await fetch(`${platform.url}/api/auth/sign-up/email`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ email: `f${from + i}@example.com`, password: "correct horse", name: "F" }),
          });
          const { code } = (await answer.json()) as { code?: string };
          const key = `${answer.status} ${code ?? ""}`;
          seen.set(key, (seen.get(key) ?? 0) + 1);
        }),
      );
      if (from % (AT_ONCE * 20) !== 0) continue;
      const heard = chat.frames.length;
      chat.send("user.input.submit", { text: `Hello number ${turns}` });
      const end = await chat.until((frame) => frame.type === "chat.run_complete", heard);
      expect(end?.frame.data).toMatchObject({ status: "completed" });
      turns += 1;
    }
    const made = LOCAL_ADDRESS_FACTOR - before;
    expect(Object.fromEntries(seen)).toEqual({
      "200 ": made,
      "429 TOO_MANY_ATTEMPTS": ATTEMPTS - made,
    });
    expect([await count("user"), await count("account"), await count("session")]).toEqual(
      Array.from({ length: 3 }, () => LOCAL_ADDRESS_FACTOR),
    );
    console.log(`${ATTEMPTS} sign-ups, ${made} accounts, ${turns} turns of somebody else meanwhile`);
    chat.close();
  } finally {
    await platform.stop();
    rmSync(state, { recursive: true, force: true });
  }
});
