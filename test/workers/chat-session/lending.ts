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

/** The lending desk behind somebody who welcomes people and hands them on. */
export const FRONT = {
  ...LENDING,
  name: "front-desk",
  title: "Front desk",
  description: "Welcomes people and sends them to who can help.",
  entry_agent: "host",
  agents: {
    host: {
      description: "Welcomes people to the library.",
      instructions:
        "Say what people can do here. Hand over whoever wants to know of a tool or to borrow one.",
      tools: [],
      handoffs: ["lender"],
    },
    ...LENDING.agents,
  },
};
