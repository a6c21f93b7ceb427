import { evictDurableObject } from "cloudflare:test";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { openTab } from "#test/support/chat-client";
import { call, migrate, type Person, signUp } from "#test/workers/gateway/client";
import { GREETER } from "#test/workers/gateway/greeter";
import { leaveAs, rests, sessionOf, startBuild, tracesOf } from "./a-build.ts";

const CLEAR = "A booking app for my dental clinic";
let owner: Person;
beforeAll(migrate);
beforeEach(async () => {
  owner = await signUp();
});

test("F10 F27 a process that died between publishing and the build's last row publishes no second version", async () => {
  const build = await startBuild(owner, { prompt: CLEAR, approve: "auto" });
  await rests(build.tab);
  build.tab.close();
  const before = await tracesOf(owner, build.enterprise_id);
  await leaveAs(build, publishingAgain);
  await evictDurableObject(sessionOf(build));
  const tab = await openTab(build.path, owner);
  await rests(tab, 2);
  expect(await build.read()).toMatchObject({ status: "live", version: 1 });
  expect(await tracesOf(owner, build.enterprise_id)).toEqual(before);
  tab.close();
});

test("one that was published after it stays live, whatever the build does again", async () => {
  const build = await startBuild(owner, { prompt: CLEAR, approve: "auto" });
  await rests(build.tab);
  build.tab.close();
  const json = { enterprise_id: build.enterprise_id, definition: GREETER };
  expect((await call("/api/workflows/register", { token: owner.token, json })).status).toBe(201);
  await leaveAs(build, publishingAgain);
  await evictDurableObject(sessionOf(build));
  const tab = await openTab(build.path, owner);
  await rests(tab, 2);
  expect(await build.read()).toMatchObject({ status: "live", version: 1 });
  expect((await tracesOf(owner, build.enterprise_id)).app).toMatchObject({ live_version: 2 });
  tab.close();
});

function publishingAgain(state: Record<string, unknown>): void {
  state.status = "testing";
  state.version = undefined;
  const steps = state.steps as { name: string; status: string }[];
  for (const step of steps) if (step.name === "publish") step.status = "running";
}

test.each(["brief", "plan", "files", "check", "test"])(
  "F10 a process that died in the step %s: the build goes on and is live once",
  async (name) => {
    const build = await startBuild(owner, { prompt: CLEAR, approve: "auto", publish: false });
    await rests(build.tab);
    build.tab.close();
    await leaveAs(build, (state) => {
      const steps = state.steps as { name: string; status: string }[];
      const at = steps.findIndex((step) => step.name === name);
      for (const [n, step] of steps.entries())
        step.status = n < at ? "done" : n === at ? "running" : "waiting";
      if (at < 2) for (const field of ["plan", "plan_hash", "planned_by"]) delete state[field];
      Object.assign(state, { status: name === "test" ? "testing" : "building", publish: true });
    });
    await evictDurableObject(sessionOf(build));
    const tab = await openTab(build.path, owner);
    await rests(tab, 2);
    expect(await build.read()).toMatchObject({ status: "live", version: 1 });
    expect((await tracesOf(owner, build.enterprise_id)).versions).toBe(1);
    tab.close();
  },
);
