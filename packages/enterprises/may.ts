/** What the people who run an enterprise are to it. */
export const ROLES = ["owner", "admin", "editor", "operator", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who may do what, whole. Nothing else decides by a role's name.
 * - `app.read`: the app's settings and workflows. `app.change`: name, look, limits. `app.build`: builds, versions.
 * - `app.override`: publishing although conversations are red.
 * - `app.domains`: hosts of its own, and which is its main address.
 * - `app.transfer`: who its owner is. `app.export`: all it has, as a copy.
 * - `people.export`, `people.erase`: what it holds of one of its end users.
 * - `data.read`, `data.change`: rows of its tables, as its owner sees them.
 * - `money.read`: balance, usage, statements, what calls cost. `analytics.read`: counts and latencies, with cost.
 * - `chats.read`, `chats.act`: the chats of its end users: read them; approve, take over. `chats.impersonate`: make keys
 *   that sign end users in; nobody does it as themself.
 * - `replays.run`: what its people's conversations would be with another version, with what they cost: for those who
 *   may read the one and change the other.
 * - `users.read`, `users.change`: its end users: who they are; their roles, who may come in, the link to join by.
 * - `members.read`, `members.change`; `secrets.change`: names, and writing (nobody reads a value); `keys.change`: keys of
 *   programs, and how host pages sign their visitors in; `audit.read`, and `audit.export`: all of it as a file.
 * - `app.webhooks`: where the app tells what happens, and the log of it.
 */
const MAY = {
  "app.read": ["owner", "admin", "editor", "operator", "viewer"],
  "app.change": ["owner", "admin"],
  "app.build": ["owner", "admin", "editor"],
  "app.override": ["owner"],
  "app.domains": ["owner", "admin"],
  "app.delete": ["owner"],
  "app.transfer": ["owner"],
  "app.export": ["owner"],
  "people.export": ["owner", "admin"],
  "people.erase": ["owner", "admin"],
  "data.read": ["owner", "admin", "editor"],
  "data.change": ["owner", "admin", "editor"],
  "money.read": ["owner", "admin"],
  "analytics.read": ["owner", "admin", "editor", "viewer"],
  "chats.read": ["owner", "admin", "operator"],
  "chats.act": ["owner", "admin", "operator"],
  "chats.impersonate": ["owner", "admin"],
  "replays.run": ["owner", "admin"],
  "users.read": ["owner", "admin", "operator"],
  "users.change": ["owner", "admin"],
  "members.read": ["owner", "admin"],
  "members.change": ["owner", "admin"],
  "secrets.change": ["owner", "admin"],
  "keys.change": ["owner", "admin"],
  "audit.read": ["owner", "admin"],
  "audit.export": ["owner"],
  "app.webhooks": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof MAY;
export const ACTIONS = Object.keys(MAY) as Action[];

/** Whether somebody of this role may do this. Pure; null is nobody of the enterprise. */
export function may(role: Role | null, action: Action): boolean {
  return role !== null && (MAY[action] as readonly Role[]).includes(role);
}

/** Whether somebody may make another one of `from` into one of `to` (null: out). Only owners make and unmake owners. */
export function mayChangeRole(by: Role | null, from: Role | null, to: Role | null): boolean {
  if (!may(by, "members.change")) return false;
  return by === "owner" || (from !== "owner" && to !== "owner");
}
