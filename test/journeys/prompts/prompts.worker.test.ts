import { beforeAll, expect, test } from "vitest";
import type { Build } from "#protocol/api/build";
import { openTab, textOf } from "#test/support/chat-client";
import { call, makeApp, migrate, signUp } from "#test/workers/gateway/client";

beforeAll(migrate);

/** Through the platform as it is deployed: prompt, app, and what its end user is told first. */
const TALKS: readonly { prompt: string; entry: string; say: string; hears: string }[] = [
  {
    prompt:
      "A chatbot that answers questions from our product manuals and hands over to a human when it can't help",
    entry: "product-manual-answers",
    say: "How do I clean the device?",
    hears: "dry cloth",
  },
  {
    prompt: "Subscription management for a coffee box: customers pause, cancel or change their plan",
    entry: "subscription-desk",
    say: "What is the status of my subscription SU-1001?",
    hears: "active",
  },
  {
    prompt: "A quiz bot for driving theory",
    entry: "quiz",
    say: "Show me the quiz questions",
    hears: "Q-1",
  },
  {
    prompt: "A recruiting assistant where candidates see open jobs and apply",
    entry: "job-application",
    say: "What jobs do you have?",
    hears: "Bookkeeper",
  },
  {
    prompt: "Payment follow-up: remind clients of overdue invoices and let them promise a date",
    entry: "overdue-invoice-follow-up",
    say: "Show me all my overdue invoices",
    hears: "P-1001",
  },
  {
    prompt: "Flower shop: order bouquets, delivery tracking and complaints",
    entry: "flower-shop-assistant",
    say: "Where is my delivery D-1001?",
    hears: "on its way",
  },
];

test.each(TALKS)(
  "is built in the Worker and answers: $prompt",
  async ({ prompt, entry, say, hears }) => {
    // Of one owner the sixth app would have no trial to chat on.
    const owner = await signUp();
    const { enterprise_id } = await makeApp(owner);
    const base = `/api/apps/${enterprise_id}/builds`;
    const started = await call(base, { token: owner.token, json: { prompt, approve: "auto" } });
    expect(started.status).toBe(202);
    const { build_id, chat_id } = started.body as { build_id: string; chat_id: string };
    const maker = await openTab(`/ws/generator/${enterprise_id}/${chat_id}/${owner.user_id}`, owner);
    await maker.until((frame) => frame.type === "chat.run_complete");
    maker.close();
    const build = (await call(`${base}/${build_id}`, { token: owner.token })).body as Build;
    expect(build).toMatchObject({ status: "live", version: 1, acceptance: { failed: 0 } });
    const tab = await openTab(`/ws/${entry}/${enterprise_id}/chat_first/${owner.user_id}`, owner);
    expect(textOf(await tab.say(say))).toContain(hears);
    tab.close();
  },
  60_000,
);
