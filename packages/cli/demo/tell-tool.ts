import type { DownData } from "#protocol/frames/down";

/** A tool's call for a reader of plain text: its name, or what its card shows. */
export function tellTool({ tool_name, awaiting_response, payload }: DownData<"chat.tool_call">): string[] {
  if (!awaiting_response) return [`[${tool_name}]`];
  const { title, message, facts } = payload;
  const lines = Array.isArray(facts) ? (facts as { label?: unknown; value?: unknown }[]) : [];
  return [
    `[${[title ?? tool_name, message].filter((text) => typeof text === "string").join(": ")}]`,
    ...lines.map(({ label, value }) => `  ${label}: ${value}`),
  ];
}

/** An answer to a card as a person would say it. */
export function inWords(response: unknown): string {
  const { approved, value, ...fields } = (response ?? {}) as Record<string, unknown>;
  if (typeof approved === "boolean") return approved ? "yes" : "no";
  if (value !== undefined) return String(value);
  return Object.entries(fields)
    .map(([name, field]) => `${name.replaceAll("_", " ")}: ${field}`)
    .join(", ");
}
