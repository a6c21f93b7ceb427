import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { dataOf, textOf } from "#test/support/chat-client";
import { call, makeApp, migrate, signUp } from "#test/workers/gateway/client";
import { startChat } from "./desk.ts";

const HELP = {
  name: "help-desk",
  title: "Help desk",
  description: "Answers questions about the shop.",
  entry_agent: "helper",
  agents: {
    helper: {
      description: "Answers questions about returns, delivery and the shop.",
      instructions: "Answer questions from the shop's handbook.",
      tools: ["search_handbook"],
    },
  },
  tools: {
    search_handbook: {
      kind: "knowledge",
      description: "Search the handbook to answer questions about returns, delivery and opening hours.",
    },
  },
  knowledge: {
    "returns.md":
      "# Returns\n\nYou can return anything within 30 days. Bring the receipt.\n\n## Refunds\n\nRefunds reach your card in five working days.",
    "delivery.md": "# Delivery\n\nStandard delivery takes three days. Express delivery costs 9 EUR.",
  },
  acceptance: [
    {
      name: "cites the handbook",
      steps: [
        {
          say: "How long does standard delivery take?",
          expect: { tools: ["search_handbook"], includes: ["three days", "[1]"] },
        },
      ],
    },
  ],
};

async function openHelp(definition: object = HELP) {
  await migrate();
  const owner = await signUp();
  const { enterprise_id } = await makeApp(owner, "Corner Shop");
  const json = { enterprise_id, definition };
  const answer = await call("/api/workflows/register", { token: owner.token, json });
  return { owner, enterprise_id, answer };
}

test("an agent answers from the app's files and cites them; its own conversations can rely on it", async () => {
  const { owner, enterprise_id, answer } = await openHelp();
  expect(answer.body).toMatchObject({ workflow_name: "help-desk" });
  const { tab } = await startChat({ owner, enterprise_id }, "help-desk");
  const frames = await tab.say("How many days do I have to return something?");
  const [response] = dataOf(frames, "chat.tool_response");
  const content = response?.content as { rows: { n: number; file: string; text: string }[] };
  expect(content.rows[0]).toMatchObject({ n: 1, file: "returns.md", title: "Returns", heading: "Returns" });
  const said = textOf(frames);
  expect(said).toContain("30 days");
  const cited = [...said.matchAll(/\[(\d+)\]/g)].map(([, n]) => Number(n));
  expect(cited.length).toBeGreaterThan(0);
  for (const n of cited) expect(content.rows.map((row) => row.n)).toContain(n);
});

test("what the handbook does not have is not made up", async () => {
  const { owner, enterprise_id } = await openHelp();
  const { tab } = await startChat({ owner, enterprise_id }, "help-desk");
  const said = textOf(await tab.say("Search the handbook for xylophones"));
  expect(said).not.toMatch(/\[\d/);
  expect(said).toMatch(/couldn't find/i);
});

test("a version's files are those of the live app, and a conversation that they do not bear out stops the publish", async () => {
  const wrong = { ...HELP, knowledge: { "delivery.md": "Delivery takes a week." } };
  const { answer } = await openHelp(wrong);
  expect(answer.status).toBe(422);
  const { owner, enterprise_id } = await openHelp();
  const list = async () => {
    const { body } = await call(`/api/apps/${enterprise_id}/knowledge`, { token: owner.token });
    return (body as { items: { name: string; source: string; status: string }[] }).items;
  };
  expect((await list()).map(({ name, source, status }) => ({ name, source, status }))).toEqual([
    { name: "delivery.md", source: "app", status: "ready" },
    { name: "returns.md", source: "app", status: "ready" },
  ]);
  const next = { ...HELP, knowledge: { "returns.md": "# Returns\n\nTwo weeks only." } };
  await call("/api/workflows/register", { token: owner.token, json: { enterprise_id, definition: next } });
  expect((await list()).map(({ name }) => name)).toEqual(["delivery.md", "returns.md"]);
  const kept = await env.FILES.get(`enterprises/${enterprise_id}/versions/2/knowledge/returns.md`);
  expect(await kept?.text()).toContain("Two weeks");
});
