/** A workflow whose loans the team approves, and that calls a human of the team. */
export const LOAN_DESK = {
  name: "loan-desk",
  title: "Loan desk",
  description: "Finds tools that can be borrowed and lends them.",
  entry_agent: "lender",
  agents: {
    lender: {
      description: "Looks tools up and lends them.",
      instructions: "Help people find a tool by its tool code and lend it to them.",
      tools: ["find_tool", "lend_tool", "ask_human"],
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
      approval: { by: "operator", message: "Lend {tool_name}?", expires: "7d", on_expiry: "decline" },
    },
    ask_human: {
      kind: "operator",
      description: "Speak to a human colleague: use it when the person wants a human.",
      expires: "2h",
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
        daily_fee: { type: "money", title: "Daily fee" },
        bought: { type: "date", title: "Bought" },
        usable: { type: "boolean", title: "Usable" },
      },
      sample: [
        {
          values: {
            tool_code: "T-101",
            name: "Hammer drill",
            shelf: "B4",
            daily_fee: 6.5,
            bought: "2025-03-01",
            usable: true,
          },
        },
        { values: { tool_code: "T-102", name: "Tile cutter", shelf: "A1", daily_fee: 9, usable: false } },
      ],
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
