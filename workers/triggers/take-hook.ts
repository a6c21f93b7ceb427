import type { Sql } from "#base/sql";
import type { ErrorCode } from "#protocol/errors";
import { deliveryBegan, noteDelivery } from "#triggers/deliveries";
import { hookInput } from "#triggers/fill-input";
import type { TriggerStore } from "#triggers/trigger-store";
import { type HookHeaders, isSigned } from "#triggers/webhook-signature";
import type { Deps } from "../compose.ts";
import { beginChat } from "./begin-chat.ts";
import { followLive } from "./live-triggers.ts";
import { unseal } from "./seal.ts";

/** A request to a webhook, as it came: `body` is its text, byte for byte. */
export type HookCall = { workflow: string; name: string; headers: HookHeaders; body: string };
export type HookAnswer =
  | { ok: true; chat_id: string; repeated: boolean }
  | { ok: false; code: Extract<ErrorCode, "NOT_FOUND" | "UNAUTHENTICATED" | "RATE_LIMITED" | "BAD_JSON"> };

/** What a webhook's secret is sealed to. */
export function labelOf(enterpriseId: string, workflow: string, name: string): string {
  return `${enterpriseId}/${workflow}/${name}`;
}

/**
 * Takes a request if its signature is good and its id new, and begins a chat with it. Until the signature is found
 * good nothing is written and nobody else is asked.
 */
export async function takeHook(
  deps: Deps,
  { sql, store }: { sql: Sql; store: TriggerStore },
  call: HookCall,
): Promise<HookAnswer> {
  const { workflow, name, headers, body } = call;
  const app = store.app();
  if (!app || store.find(workflow, name)?.kind !== "webhook") return { ok: false, code: "NOT_FOUND" };
  const [row] = sql.exec("SELECT sealed FROM secret WHERE workflow = ? AND name = ?", workflow, name);
  const label = labelOf(app.enterprise_id, workflow, name);
  const secret = row ? await unseal(deps.env.TOKEN_SECRET, label, String(row.sealed)) : null;
  if (secret === null || !(await isSigned(secret, headers, body, deps.clock.now())))
    return { ok: false, code: "UNAUTHENTICATED" };
  await followLive(deps, store, app.enterprise_id);
  const hook = store.find(workflow, name);
  if (hook?.kind !== "webhook") return { ok: false, code: "NOT_FOUND" };
  const parsed = parse(body);
  if (parsed === undefined) return { ok: false, code: "BAD_JSON" };
  const noted = noteDelivery(sql, hook, headers.id, deps.clock.now());
  if (!noted.ok) return noted;
  if (noted.chat_id !== null) return { ok: true, chat_id: noted.chat_id, repeated: true };
  // A request whose chat could not be begun may come again, and is the same chat then.
  const requestId = `webhook:${workflow}:${name}:${headers.id}`;
  const text = hookInput(hook.input, parsed);
  const chatId = await beginChat(deps, app.enterprise_id, { workflow, requestId, text });
  deliveryBegan(sql, hook, headers.id, chatId, deps.clock.now());
  return { ok: true, chat_id: chatId, repeated: false };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
