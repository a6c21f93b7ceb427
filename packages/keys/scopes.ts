import type { Action } from "#enterprises/may";
import type { KeyScope } from "#protocol/api/key";

/**
 * What each scope of a key is good for. Nothing that makes keys, members or secrets, or ends the app, is in any of them:
 * a key can't make itself stronger.
 */
export const SCOPE_ACTIONS = {
  "app.read": ["app.read"],
  "workflows.write": ["app.build"],
  "tables.read": ["data.read"],
  "tables.write": ["data.change"],
  "usage.read": ["money.read", "analytics.read"],
  "chats.read": ["chats.read"],
  "chat:impersonate": ["chats.impersonate"],
} as const satisfies Record<KeyScope, readonly Action[]>;

/** Whether a key of these scopes may do this. Pure. */
export function grants(scopes: readonly KeyScope[], action: Action): boolean {
  return scopes.some((scope) => (SCOPE_ACTIONS[scope] as readonly Action[]).includes(action));
}
