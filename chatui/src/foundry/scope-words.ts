import type { KeyScope } from "#protocol/api/key";

/** What each scope lets a program do, in the words of who gives it. */
export const SCOPE_WORDS: Record<KeyScope, string> = {
  "app.read": "Read the app’s settings and workflows",
  "workflows.write": "Register workflows, which are live at once",
  "tables.read": "Read all rows of its tables",
  "tables.write": "Add, change and delete rows",
  "usage.read": "Read usage, money and analytics",
  "chats.read": "Read its users’ chats",
  "chat:impersonate": "Chat as any of its users",
};
