import { beforeAll, expect, test } from "vitest";
import type { Discovery } from "#protocol/api/workflow";
import { dataOf, textOf } from "#test/support/chat-client";
import { type Desk, LENDING, openDesk, startChat } from "#test/workers/chat-session/desk";
import { call, codeOf } from "#test/workers/gateway/client";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});

const HOURS = {
  name: "opening-hours",
  title: "Opening hours",
  description: "Says when the library is open.",
  entry_agent: "clerk",
  agents: {
    clerk: { description: "Opening hours.", instructions: "We are open on Monday from nine to five." },
  },
};

async function register(definition: unknown) {
  return call("/api/workflows/register", {
    token: desk.owner.token,
    json: { enterprise_id: desk.enterprise_id, definition },
  });
}
async function live(): Promise<Discovery["workflows"]> {
  return ((await call(`/api/workflows/discover/${desk.enterprise_id}`)).body as Discovery).workflows;
}

test("a second workflow stands beside the first, on its own, without taking over the entry", async () => {
  const running = await startChat(desk);
  const answer = await register(HOURS);
  expect(answer.status).toBe(201);
  const found = await live();
  expect(found.map(({ workflow_name, entry_point }) => [workflow_name, entry_point]).sort()).toEqual([
    ["opening-hours", false],
    [LENDING.name, true],
  ]);
  // A running chat keeps the version it started on.
  const [meta] = dataOf(running.tab.frames, "chat_meta");
  expect(meta?.workflow_version).toBe(1);
  expect(textOf(await running.tab.say("Where is tool T-101?"))).toContain("B4");
  running.tab.close();
  const fresh = await startChat(desk, "opening-hours");
  expect(dataOf(fresh.tab.frames, "chat_meta")[0]?.workflow_version).toBe(2);
  fresh.tab.close();
});

test("conversations that don't pass keep a workflow from going live, and say what was wrong", async () => {
  const before = await live();
  const failing = {
    ...HOURS,
    acceptance: [
      { name: "It sells tickets", steps: [{ say: "hello", expect: { includes: ["ticket number 7"] } }] },
    ],
  };
  const answer = await register(failing);
  expect([answer.status, codeOf(answer)]).toEqual([422, "ACCEPTANCE_FAILED"]);
  expect(JSON.stringify(answer.body)).toContain("It sells tickets");
  expect(await live()).toEqual(before);
});

test("a workflow that doesn't fit together is refused with the place in the file", async () => {
  const before = await live();
  const broken = {
    ...LENDING,
    agents: { lender: { ...LENDING.agents.lender, tools: ["find_tool", "sell_tool"] } },
  };
  const answer = await register(broken);
  expect([answer.status, codeOf(answer)]).toEqual([422, "INVALID_WORKFLOW"]);
  expect(JSON.stringify(answer.body)).toContain("sell_tool");
  const evil = { ...LENDING, name: "generator" };
  expect((await register(evil)).status).toBe(400);
  expect(await live()).toEqual(before);
});

test("a table that would change what its rows mean is refused, and the old version stays live", async () => {
  const before = await live();
  const columns = { ...LENDING.tables.tools.columns, shelf: { type: "integer", title: "Shelf" } };
  const changed = {
    ...LENDING,
    tables: { ...LENDING.tables, tools: { ...LENDING.tables.tools, columns, sample: [] } },
  };
  const answer = await register(changed);
  expect([answer.status, codeOf(answer)]).toEqual([409, "CONFLICT"]);
  expect(await live()).toEqual(before);
});
