import type { TeamChat } from "#protocol/api/team";

/** How somebody who chats is called; without an account they are a part of their id. */
export function personName(person: TeamChat["person"], userId: string): string {
  if (person === null) return `Person ${userId.slice(-6)}`;
  const name = person.name.trim() || person.email || `Person ${userId.slice(-6)}`;
  return person.kind === "member" ? `${name} (team)` : name;
}
