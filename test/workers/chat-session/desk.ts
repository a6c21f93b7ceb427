import { openTab } from "#test/support/chat-client";
import { call, makeApp, migrate, type Person, signUp } from "#test/workers/gateway/client";

/** A hand-written workflow, from outside any catalogue: a lending desk for tools. */
export const LENDING = {
  name: "tool-lending",
  title: "Tool lending",
  description: "Finds tools that can be borrowed and notes loans.",
  entry_agent: "lender",
  agents: {
    lender: {
      description: "Looks tools up and lends them.",
      instructions: "Help people find a tool by its tool code and lend it to them.",
      tools: ["find_tool", "lend_tool"],
    },
  },
  tools: {
    find_tool: {
      kind: "table",
      description: "Look up a tool by its tool code to see its name and shelf.",
      table: "tools",
      action: "get",
      by: ["tool_code"],
    },
    lend_tool: {
      kind: "table",
      description: "Lend a tool: use it when the person wants to borrow a tool.",
      table: "loans",
      action: "insert",
      set: ["tool_code"],
      lookup: [{ as: "tool", table: "tools", by: { tool_code: "tool_code" } }],
      values: { tool_name: "tool.name" },
      approval: { by: "user", message: "Borrow {tool_name}?" },
    },
  },
  tables: {
    tools: {
      title: "Tools",
      owner: "shared",
      key: "tool_code",
      columns: {
        tool_code: { type: "text", title: "Tool code", pattern: "T-\\d{3}", examples: ["T-101"] },
        name: { type: "text", title: "Name" },
        shelf: { type: "text", title: "Shelf" },
      },
      sample: [{ values: { tool_code: "T-101", name: "Hammer drill", shelf: "B4" } }],
    },
    loans: {
      title: "Loans",
      key: "loan_number",
      key_prefix: "L-",
      columns: {
        loan_number: { type: "text", title: "Loan number" },
        tool_code: {
          type: "text",
          title: "Tool code",
          required: true,
          pattern: "T-\\d{3}",
          examples: ["T-101"],
        },
        tool_name: { type: "text", title: "Tool name" },
      },
    },
  },
};

export type Desk = { owner: Person; enterprise_id: string; slug: string };

/** A fresh owner with the lending desk live. */
export async function openDesk(): Promise<Desk> {
  await migrate();
  const owner = await signUp();
  const { enterprise_id, slug } = await makeApp(owner, "Tool Library");
  const answer = await call("/api/workflows/register", {
    token: owner.token,
    json: { enterprise_id, definition: LENDING },
  });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return { owner, enterprise_id, slug };
}

/** A new chat of the owner's; `path` is its socket's. */
export async function startChat(desk: Desk, workflow = LENDING.name) {
  const answer = await call(`/api/chats/${desk.enterprise_id}/${workflow}/start`, {
    token: desk.owner.token,
    json: { force_new: true },
  });
  const { chat_id } = answer.body as { chat_id: string };
  const path = `/ws/${workflow}/${desk.enterprise_id}/${chat_id}/${desk.owner.user_id}`;
  return { chat_id, path, tab: await openTab(path, desk.owner) };
}
