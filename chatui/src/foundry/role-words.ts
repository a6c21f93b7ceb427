import type { Role } from "../api/people.ts";

/** What each role may do, for who gives it. */
export const ROLE_WORDS: Record<Role, { title: string; text: string }> = {
  admin: { title: "Admin", text: "everything but deleting the app and making owners" },
  editor: { title: "Editor", text: "builds and changes the app and its data" },
  operator: { title: "Operator", text: "reads chats, takes over and approves" },
  viewer: { title: "Viewer", text: "sees the app and how it does" },
  owner: { title: "Owner", text: "everything" },
};

export const ROLE_NAMES = Object.keys(ROLE_WORDS) as Role[];
