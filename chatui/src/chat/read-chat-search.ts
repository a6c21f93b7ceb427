/** Which workflow and which chat the address names; both may be absent. */
export type ChatSearch = { workflow?: string; chat?: string };

export function readChatSearch(search: Record<string, unknown>): ChatSearch {
  return { workflow: nameIn(search.workflow), chat: nameIn(search.chat) };
}

function nameIn(value: unknown): string | undefined {
  return typeof value === "string" && /^[\w\-.]{1,128}$/.test(value) ? value : undefined;
}
