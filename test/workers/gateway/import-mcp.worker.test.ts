import { createMcpHandler, McpServer } from "@modelcontextprotocol/server";
import { beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { call, makeApp, migrate, type Person, signUp } from "./client.ts";

let owner: Person;
let enterprise: string;
beforeAll(async () => {
  await migrate();
  owner = await signUp();
  enterprise = (await makeApp(owner, "Library")).enterprise_id;
});

test("the tools of an MCP server are listed from inside the Worker, pinned and ready for a workflow", async () => {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: "library", version: "1" });
    const about = {
      description: "Find a book.",
      inputSchema: z.object({ title: z.string() }),
      annotations: { readOnlyHint: true },
    };
    server.registerTool("findBook", about, async () => ({ content: [] }));
    return server;
  });
  const reached = vi
    .spyOn(globalThis, "fetch")
    .mockImplementation((url, init) => handler.fetch(new Request(String(url), init as RequestInit)));
  const answer = await call(`/api/apps/${enterprise}/tools/import-mcp`, {
    token: owner.token,
    json: { url: "https://mcp.library.example/mcp", server: "library" },
  });
  reached.mockRestore();
  expect([answer.status, answer.body]).toEqual([
    200,
    {
      mcp: { library: { url: "https://mcp.library.example/mcp", auth: [] } },
      skipped: [],
      tools: {
        find_book: expect.objectContaining({
          kind: "mcp",
          server: "library",
          tool: "findBook",
          read_only: true,
          parameters: { title: { type: "string" } },
          required: ["title"],
          pin: expect.stringMatching(/^[0-9a-f]{64}$/),
        }),
      },
    },
  ]);
});
