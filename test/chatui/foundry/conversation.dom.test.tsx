import { act, useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { OperatorBar } from "../../../chatui/src/foundry/operator-bar.tsx";
import { ReplayView } from "../../../chatui/src/foundry/replay-view.tsx";
import { shown } from "./shown.dom.tsx";

afterEach(() => vi.unstubAllGlobals());

const ME = { user_id: "user_1", name: "Ada" };
const NOTHING_USED = { tokens: 0, cost_nano: "0" };
const REPLAY = {
  ...{ replay_id: "rpl_1", status: "done", chats: [] },
  totals: {
    turns: { all: 2, done: 2, same: 2, answers_changed: 0 },
    usage: { before: NOTHING_USED, after: NOTHING_USED },
  },
};

test("a chat is one's own by the member's id: another of the same name has it for themselves", async () => {
  const bar = async (user_id: string) => {
    const operator = { name: "Ada", user_id };
    const page = await shown(<OperatorBar id="ent_1" chatId="chat_1" operator={operator} ended={false} />, {
      "GET /api/auth/get-session": () => ({}),
      "GET /api/me": () => ME,
    });
    return page.at.querySelector('[role="status"]')?.textContent;
  };
  expect(await bar("user_1")).toContain("You have this chat");
  expect(await bar("user_2")).toBe("Ada has this chat.");
});

test("a replay that was begun is there again after its tab was left", async () => {
  function Tab() {
    const [open, setOpen] = useState(true);
    return (
      <>
        <button type="button" onClick={() => setOpen(!open)}>
          Tab
        </button>
        {open && <ReplayView id="ent_1" chatId="chat_1" />}
      </>
    );
  }
  const page = await shown(<Tab />, {
    "GET /api/apps/ent_1/versions?limit=50": () => ({ items: [{ version: 3, status: "live" }] }),
    "POST /api/apps/ent_1/replays": () => ({ replay_id: "rpl_1", status: "running" }),
    "GET /api/apps/ent_1/replays/rpl_1": () => REPLAY,
  });
  const done = () =>
    vi.waitFor(() => act(async () => expect(page.at.textContent).toContain("Done: 2 of 2 messages")));
  await page.click(page.button("Replay"));
  await done();
  await page.click(page.button("Tab"));
  expect(page.at.textContent).not.toContain("Done:");
  await page.click(page.button("Tab"));
  await done();
  expect(page.writes()).toHaveLength(1);
});
