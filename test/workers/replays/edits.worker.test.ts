import { beforeAll, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import { openTab } from "#test/support/chat-client";
import { call, makeApp, migrate, signUp } from "#test/workers/gateway/client";
import { chatOf, type ReplayDesk, replayed } from "./replay-desk.ts";

const SEED = "Build a customer support app that handles refunds and tracks orders";
let desk: ReplayDesk;

beforeAll(async () => {
  await migrate();
  const owner = await signUp();
  const { enterprise_id, url } = await makeApp(owner);
  desk = { owner, enterprise_id, url, user: owner };
  expect(await built({ prompt: SEED, approve: "auto" })).toMatchObject({ status: "live", version: 1 });
});

/** A build, when it has ended or waits for somebody. */
async function built(json: Record<string, unknown>): Promise<Build> {
  const { enterprise_id, owner } = desk;
  const at = `/api/apps/${enterprise_id}/builds`;
  const started = await call(at, { token: owner.token, json });
  const { build_id, chat_id } = started.body as { build_id: string; chat_id: string };
  const tab = await openTab(`/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`, owner);
  await tab.until(({ type }) => type === "chat.run_complete");
  tab.close();
  return (await call(`${at}/${build_id}`, { token: owner.token })).body as Build;
}

test("an owner sees what a rule for refunds would have meant, before it is approved and as a draft", async () => {
  const refund = (order: string) => ({
    say: `I want a refund for order ${order}, it arrived broken`,
    answer: { approved: true },
  });
  const chat = await chatOf(desk, "customer-support", [refund("A-1001"), "Where is my order A-1001?"]);
  const same = await replayed(desk, { version: 1, last: 1 });
  expect(same.chats.map(({ chat_id }) => chat_id)).toEqual([chat]);
  expect(same.totals).toMatchObject({
    turns: { all: 2, done: 2, same: 2 },
    calls: { changed: 0, missing: 0, new: 0 },
  });
  const amount = Number(/\$(\d+(\.\d\d)?)/.exec(same.chats[0]?.turns[0]?.answer.before ?? "")?.[1]);
  expect(amount).toBeGreaterThan(1);

  // The rule looks at the order, which the recording tells of: below the amount it is the team's, above it is not.
  for (const [limit, by] of [
    [Math.floor(amount) - 1, "operator"],
    [Math.ceil(amount) + 1, "user"],
  ] as const) {
    const edit = await built({
      prompt: `refunds over $${limit} need my approval`,
      base_version: 1,
      approve: "manual",
    });
    expect(edit.status).toBe("planned");
    const replay = await replayed(desk, { build_id: edit.build_id, chats: [chat] });
    const [asks, follows] = replay.chats[0]?.turns ?? [];
    const call = asks?.calls.find(({ tool_name }) => tool_name === "request_refund");
    expect(call).toMatchObject({
      status: "same",
      tool_changed: true,
      before: { asked: "user" },
      after: { asked: by },
    });
    expect(asks).toMatchObject(
      by === "operator"
        ? { same: false, status: { before: "completed", after: "paused" }, waits_for: "request_refund" }
        : { same: true, status: { after: "completed" } },
    );
    expect(follows).toMatchObject({ same: true });
  }

  const draft = await built({
    prompt: "refunds over $1 need my approval",
    base_version: 1,
    approve: "auto",
    publish: false,
  });
  expect(draft.status).toBe("ready");
  const replay = await replayed(desk, { version: "draft", chats: [chat] });
  expect(replay).toMatchObject({ version: "draft", totals: { turns: { done: 2, same: 1 } } });
});
