import * as z from "zod";
import { differences } from "#audit/differences";
import { appError } from "#base/app-error";
import { isoTime } from "#base/clock";
import { newKeyText, prefixOf } from "#keys/key-text";
import { addKey, type ListedKey, listKeys, renameKey, revokeKey } from "#keys/keys";
import { SCOPE_ACTIONS } from "#keys/scopes";
import { deleted } from "#protocol/api/app";
import {
  apiKey,
  apiKeys,
  createdKey,
  createKey,
  type KeyScope,
  renameKey as rename,
} from "#protocol/api/key";
import { id } from "#protocol/ids";
import { endKeys } from "../end-keys.ts";
import { privileged } from "../privileged.ts";
import { answers, jsonBody, route, routes } from "../route.ts";
import { allows, type SeenAs, seeAs } from "../see-enterprise.ts";

const tags = ["API keys"];
const params = z.object({ enterprise_id: id });
const one = params.extend({ key_id: id });
const path = "/api/apps/{enterprise_id}/keys";

export const keyRoutes = routes();

keyRoutes.openapi(
  route({
    method: "get",
    path,
    tags,
    summary: "Keys of programs, never the keys themselves",
    access: "session",
    request: { params },
    responses: answers(200, apiKeys, "All keys"),
  }),
  async (c) => {
    const { scope } = await seeAs(c, c.req.valid("param").enterprise_id, "keys.change");
    const { db, clock } = c.env.deps;
    return c.json({ items: (await listKeys(db, scope, clock.now())).map(view) }, 200);
  },
);

keyRoutes.openapi(
  route({
    method: "post",
    path,
    tags,
    summary: "Make a key for a program; it is shown this once",
    description:
      "Sent as `Authorization: Bearer mzk_…`, on the foundry's address or the app's own. It is good for its own app and its " +
      "scopes alone (`x-api-key-scope` of each route; a route without one takes no keys), and for as long as whoever " +
      "made it may manage keys.",
    access: "session",
    request: { params, body: jsonBody(createKey) },
    responses: answers(201, createdKey, "The key"),
  }),
  async (c) => {
    const { enterprise_id } = c.req.valid("param");
    const { name, scopes, expires_at } = c.req.valid("json");
    const { db, clock, newId } = c.env.deps;
    const { user_id: createdBy } = c.var.principal;
    const now = clock.now();
    const expiresAt = expires_at ? Date.parse(expires_at) : null;
    const { keyId, key } = newKeyText(newId);
    const deed = { action: "keys.create", target: keyId, details: { name, scopes } };
    const made = await privileged(c, enterprise_id, "keys.change", deed, async (seen) => {
      if (expiresAt !== null && expiresAt <= now)
        throw appError("BAD_REQUEST", { issues: [{ path: "expires_at", message: "must be in the future" }] });
      // Never more than its maker has.
      if (!scopes.every((it) => mayGive(seen, it))) throw appError("FORBIDDEN");
      return addKey(db, seen.scope, { keyId, key, name, scopes, createdBy, now, expiresAt });
    });
    return c.json({ ...view({ ...made, active: true }), key }, 201);
  },
);

keyRoutes.openapi(
  route({
    method: "patch",
    path: `${path}/{key_id}`,
    tags,
    summary: "Rename a key",
    access: "session",
    request: { params: one, body: jsonBody(rename) },
    responses: answers(200, apiKey, "The key as it is now"),
  }),
  async (c) => {
    const { enterprise_id, key_id } = c.req.valid("param");
    const { name } = c.req.valid("json");
    const { db, clock } = c.env.deps;
    const details: Record<string, unknown> = {};
    const deed = { action: "keys.rename", target: key_id, details };
    const renamed = await privileged(c, enterprise_id, "keys.change", deed, async ({ scope }) => {
      const find = async () => (await listKeys(db, scope, clock.now())).find((it) => it.keyId === key_id);
      Object.assign(details, differences({ name: (await find())?.name }, { name }));
      await renameKey(db, scope, key_id, name);
      return find();
    });
    if (!renamed) throw appError("NOT_FOUND");
    return c.json(view(renamed), 200);
  },
);

keyRoutes.openapi(
  route({
    method: "delete",
    path: `${path}/{key_id}`,
    tags,
    summary: "Revoke a key at once, with the chat tokens it made and what they have open",
    access: "session",
    request: { params: one },
    responses: answers(200, deleted, "Gone"),
  }),
  async (c) => {
    const { enterprise_id, key_id } = c.req.valid("param");
    const { deps } = c.env;
    const details: Record<string, unknown> = {};
    const deed = { action: "keys.revoke", target: key_id, details };
    await privileged(c, enterprise_id, "keys.change", deed, async ({ scope }) => {
      details.name = await revokeKey(deps.db, scope, key_id);
      await endKeys(deps, scope, [key_id]);
    });
    return c.json({ deleted: true } as const, 200);
  },
);

const mayGive = (seen: SeenAs, scope: KeyScope) =>
  SCOPE_ACTIONS[scope].every((action) => allows(seen, action));

function view(it: ListedKey): z.infer<typeof apiKey> {
  return {
    key_id: it.keyId,
    name: it.name,
    prefix: prefixOf(it.keyId),
    scopes: it.scopes,
    created_by: it.createdBy,
    created_at: isoTime(it.createdAt),
    expires_at: it.expiresAt === null ? null : isoTime(it.expiresAt),
    last_used_at: it.lastUsedAt === null ? null : isoTime(it.lastUsedAt),
    active: it.active,
  };
}
