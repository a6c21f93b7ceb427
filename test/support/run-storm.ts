import { LIMITS } from "#base/limits";
import type { DownFrame } from "#protocol/frames/down";
import type { Seat } from "../journeys/kill/chatter.ts";
import { type KillablePlatform, killablePlatform } from "../journeys/kill/killable-platform.ts";
import { supportApp } from "../journeys/kill/support-app.ts";
import { type StormClient, stormClient } from "./storm.ts";

/** Pages of one chat: several tabs and devices. */
const TABS = 4;
/** Chats that are started, or pages that are opened, at once: the storm is what comes after. */
const AT_ONCE = 25;

export type Storm = {
  clients: number;
  lost: number;
  doubled: number;
  /** From the kill of the whole server to the last client's being back, and to the median one's. Milliseconds. */
  allBackMs: number;
  halfBackMs: number;
  attempts: { mean: number; most: number };
  /** From a socket's opening to the end of its replay. Milliseconds. */
  resumeMs: { p50: number; p99: number };
};

/**
 * Pages of many chats, each chat in the middle of a run, when the server is killed without a word. All come back by the
 * client's own means; in the end each must have its chat's whole log.
 */
export async function runStorm(clients: number): Promise<Storm> {
  const platform = await killablePlatform();
  try {
    const { pages, app } = await openPages(platform, clients);
    const speaking = pages.filter((_, n) => n % TABS === 0);
    for (const { page } of speaking) page.chat.send("Where is my order A-1001?");
    // The runs are under way: some frames have come, most have not.
    await speaking[0]?.page.has(1);
    for (const { page } of pages) page.drop();
    const killedAt = performance.now();
    platform.kill();
    await Promise.all(pages.map(({ page }) => page.back()));

    let lost = 0;
    for (const { page, seat } of speaking) {
      const log = await wholeLog(app, seat, page);
      const last = log.at(-1)?.seq ?? -1;
      for (const other of pages) {
        if (other.seat !== seat) continue;
        await other.page.has(last);
        lost += other.page.lost(log);
      }
    }
    for (const { page } of pages) page.chat.close();
    return {
      clients: pages.length,
      lost,
      ...summary(
        pages.map(({ page }) => page),
        killedAt,
      ),
    };
  } finally {
    await platform.end();
  }
}

async function openPages(platform: KillablePlatform, clients: number) {
  const app = await supportApp(platform);
  const pages: { page: StormClient; seat: Seat }[] = [];
  const chats = Math.ceil(clients / TABS);
  // Nobody has more open than one person may.
  const people = await Promise.all(
    Array.from({ length: Math.ceil(chats / LIMITS.openChatsPerPerson) }, (_, n) =>
      app.endUser(`person-${n}`),
    ),
  );
  for (let from = 0; from < chats; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, chats - from) }, (_, n) =>
      app.startChat(people[Math.floor((from + n) / LIMITS.openChatsPerPerson)]!),
    );
    for (const seat of await Promise.all(some)) {
      for (let tab = 0; tab < TABS && pages.length < clients; tab += 1)
        pages.push({ page: stormClient(seat, platform.url()), seat });
    }
    await Promise.all(pages.map(({ page }) => page.back()));
  }
  return { app, pages };
}

/** The log once its run is over. */
async function wholeLog(
  app: Awaited<ReturnType<typeof supportApp>>,
  seat: Seat,
  page: StormClient,
): Promise<DownFrame[]> {
  while (
    page.chat.view().chat.running ||
    page.chat.view().chat.items.some((it) => it.kind === "user" && it.sending)
  )
    await new Promise((resolve) => setTimeout(resolve, 50));
  const path = `/api/chats/${app.enterprise_id}/${seat.chat_id}/events?after=-1&limit=100`;
  return (await app.get<{ items: DownFrame[] }>(path, seat)).items;
}

function summary(pages: StormClient[], killedAt: number): Omit<Storm, "clients" | "lost"> {
  const facts = pages.map((page) => page.facts());
  const of = (values: number[]) => values.sort((a, b) => a - b);
  const back = of(facts.map(({ backAt }) => backAt - killedAt));
  const resume = of(facts.map(({ resumedIn }) => resumedIn));
  const attempts = facts.map((it) => it.attempts);
  const at = (sorted: number[], share: number) =>
    Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return {
    doubled: facts.reduce((sum, it) => sum + it.doubled, 0),
    allBackMs: at(back, 1),
    halfBackMs: at(back, 0.5),
    attempts: {
      mean: Math.round((10 * attempts.reduce((sum, n) => sum + n, 0)) / attempts.length) / 10,
      most: Math.max(...attempts),
    },
    resumeMs: { p50: at(resume, 0.5), p99: at(resume, 0.99) },
  };
}
