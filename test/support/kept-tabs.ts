import { afterEach } from "vitest";
import type { Person } from "#test/workers/gateway/client";
import { openTab, type Tab } from "./chat-client.ts";

/** Tabs that are closed by themselves when their test ends: `tabs` takes them, `joinAs` opens one and keeps it there. */
export function keptTabs() {
  const tabs: Tab[] = [];
  afterEach(() => {
    for (const tab of tabs.splice(0)) tab.close();
  });
  async function joinAs(person: Pick<Person, "token">, path: string, after?: number): Promise<Tab> {
    const tab = await openTab(path, person, after);
    tabs.push(tab);
    return tab;
  }
  return { tabs, joinAs };
}
